import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createSealer,
  deleteEndpoint,
  generateMasterKey,
  getEndpoint,
  liveKeys,
  openHeaders,
  openStore,
  purgeEndpoints,
  recoverEndpoints,
  resealAll,
  rotateKeys,
  setEndpointStatus,
  type Store,
  updateEndpoint,
} from '@careerhooks/store';
import { type Columns, insertion, rowsOf } from '../../../store/src/sql';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import { HOUR, passTime, publish, register, SECRETS } from './fixtures';

const TABLES = ['endpoints', 'endpoint_keys', 'subscriptions', 'settings'] as const;

describe.each(DATABASES)('the journal of endpoints on %s', (name) => {
  let database: TestDatabase;
  let folder: string;
  let path: string;
  let store: Store;
  let masterKey: string;
  const opened: Store[] = [];

  async function open(keys = [masterKey], on = database): Promise<Store> {
    const next = await openStore({ ...on.location, sealer: createSealer(keys), journal: path });
    opened.push(next);
    return next;
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'careerhooks-journal-'));
    path = join(folder, 'endpoints.journal');
    masterKey = generateMasterKey();
    database = await createDatabase(name);
    store = await open();
    await recoverEndpoints(store);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(opened.splice(0).map((each) => each.close()));
    await database.drop();
    await rm(folder, { recursive: true });
  });

  /** Takes a copy of the tables that registrations are in; what it returns puts the copy back. */
  async function backUp(): Promise<() => Promise<void>> {
    const copies: [string, Columns[]][] = [];
    for (const table of TABLES) {
      copies.push([table, await rowsOf<Columns>(store.write, `select * from ${table}`)]);
    }
    return async () => {
      for (const [table] of copies.toReversed()) await store.write.run(`delete from ${table}`);
      for (const [table, rows] of copies) {
        for (const row of rows) {
          const [names, values] = insertion(row);
          await store.write.run(`insert into ${table} ${names}`, values);
        }
      }
    };
  }

  test('brings back an endpoint that a restored database lacks, with its secrets', async () => {
    const restore = await backUp();
    const { id } = await register(store, { headers: { 'x-api-key': 'open sesame' } });
    const before = await getEndpoint(store, id);
    await restore();
    expect(await getEndpoint(store, id)).toBeUndefined();

    expect(await recoverEndpoints(store)).toEqual({ recovered: [id], refused: [], damaged: 0 });
    const after = await getEndpoint(store, id);
    expect(after).toEqual({ ...before, backlogSince: expect.any(Number) as number });
    expect(openHeaders(store.sealer, after!)).toEqual({ 'x-api-key': 'open sesame' });
    expect(await liveKeys(store, id)).toEqual([SECRETS]);
    expect((await publish(store)).deliveries).toBe(1);
    expect((await recoverEndpoints(store)).recovered).toEqual([]);
  });

  test('brings back changes, rotations, pauses and deletions', async () => {
    const changed = await register(store, { url: 'https://receiver.example/changed' });
    const rotated = await register(store, { url: 'https://receiver.example/rotated' });
    const paused = await register(store, { url: 'https://receiver.example/paused' });
    const deleted = await register(store, { url: 'https://receiver.example/deleted' });
    const restore = await backUp();
    passTime(HOUR);
    await updateEndpoint(store, changed.id, { events: ['resume.deleted'] });
    const keys = { secret: 'another-secret-of-theirs', signingKey: 'whsec_another' };
    await rotateKeys(store, rotated.id, keys, Date.now() + HOUR);
    await setEndpointStatus(store, paused.id, { to: 'paused', from: ['active'] });
    await deleteEndpoint(store, deleted.id);
    await restore();

    const { recovered } = await recoverEndpoints(store);
    expect(recovered.toSorted()).toEqual(
      [changed, rotated, paused, deleted].map(({ id }) => id).toSorted(),
    );
    expect((await getEndpoint(store, changed.id))?.events).toEqual(['resume.deleted']);
    expect(await liveKeys(store, rotated.id)).toEqual([keys, SECRETS]);
    expect((await getEndpoint(store, paused.id))?.status).toBe('paused');
    expect(await getEndpoint(store, deleted.id)).toBeUndefined();
    // Those that were rotated and paused; the changed one wants another type.
    expect((await publish(store)).deliveries).toBe(2);
  });

  test('yields to a database that is newer', async () => {
    const { id } = await register(store);
    const old = await readFile(path);
    passTime(HOUR);
    await updateEndpoint(store, id, { description: 'Newer' });
    await writeFile(path, old);
    expect((await recoverEndpoints(store)).recovered).toEqual([]);
    expect((await getEndpoint(store, id))?.description).toBe('Newer');
  });

  test('does not bring back what was deleted, not even when that was purged', async () => {
    const { id } = await register(store);
    const old = await readFile(path);
    passTime(HOUR);
    await deleteEndpoint(store, id);
    await writeFile(path, old);
    expect((await recoverEndpoints(store)).recovered).toEqual([]);

    passTime(2 * HOUR);
    expect(await purgeEndpoints(store, Date.now())).toBe(1);
    await writeFile(path, old);
    expect((await recoverEndpoints(store)).recovered).toEqual([]);
    expect(await getEndpoint(store, id)).toBeUndefined();
  });

  test('leaves an endpoint that has the place of one it knows', async () => {
    const restore = await backUp();
    const lost = await register(store);
    await restore();
    const kept = await register(store);
    expect(await recoverEndpoints(store)).toMatchObject({ recovered: [], refused: [lost.id] });
    expect(await getEndpoint(store, kept.id)).toBeDefined();
  });

  test('is sealed, for its owner only, and does not grow for ever', async () => {
    const { id } = await register(store);
    for (let change = 0; change < 20; change++) {
      await updateEndpoint(store, id, { description: `Change ${change}` });
    }
    const grown = await readFile(path, 'utf8');
    expect(grown).not.toContain(SECRETS.secret);
    expect(grown).not.toContain(SECRETS.signingKey);
    await recoverEndpoints(store);
    const compact = await readFile(path, 'utf8');
    expect(compact.match(/Change/g)).toHaveLength(1);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('opens under the new master key alone, once it was sealed again', async () => {
    const restore = await backUp();
    const { id } = await register(store);
    const newKey = generateMasterKey();
    await resealAll(await open([newKey, masterKey]));
    await restore();
    // The restored settings know the old key only, as the database's owner would see to.
    await store.write.run("delete from settings where name = 'master_key_check'");

    const later = await open([newKey]);
    expect((await recoverEndpoints(later)).recovered).toEqual([id]);
    expect(await liveKeys(later, id)).toEqual([SECRETS]);
  });

  test('of another database is set aside, and nothing of it put into this one', async () => {
    const { id } = await register(store);
    passTime(HOUR);
    const other = await createDatabase(name);
    const elsewhere = await open([masterKey], other);
    const recovery = await recoverEndpoints(elsewhere);
    expect(recovery).toMatchObject({ recovered: [], setAside: expect.stringContaining(path) });
    expect(await getEndpoint(elsewhere, id)).toBeUndefined();
    expect(await readFile(recovery.setAside!, 'utf8')).toContain(id);
    await elsewhere.close();
    opened.pop();
    await other.drop();
  });

  test('is made from the database where there was none', async () => {
    const { id } = await register(store);
    await rm(path);
    await recoverEndpoints(store);
    expect(await readFile(path, 'utf8')).toContain(id);
  });
});
