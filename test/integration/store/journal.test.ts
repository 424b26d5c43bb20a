import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createKey,
  createSealer,
  deleteEndpoint,
  findKey,
  generateMasterKey,
  getEndpoint,
  listKeys,
  liveKeys,
  openSettings,
  openStore,
  purgeEndpoints,
  recoverFromJournal,
  resealAll,
  revokeKey,
  rotateKeys,
  setEndpointStatus,
  type Store,
  updateEndpoint,
} from '@careerhooks/store';
import { type Columns, insertion, rowsOf } from '../../../store/src/sql';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import { HOUR, passTime, publish, register, SECRETS } from './fixtures';

const TABLES = ['endpoints', 'endpoint_keys', 'subscriptions', 'settings', 'api_keys'] as const;

const WANTED_KEY = { system: 'resumebuilder', user: 'u1', scopes: ['publish' as const] };

describe.each(DATABASES)('the journal of endpoints on %s', (name) => {
  let database: TestDatabase;
  let folder: string;
  let path: string;
  let store: Store;
  let masterKey: string;
  const opened: Store[] = [];

  async function open(keys = [masterKey], on = database, journal = path): Promise<Store> {
    const next = await openStore({ ...on.location, sealer: createSealer(keys), journal });
    opened.push(next);
    return next;
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'careerhooks-journal-'));
    path = join(folder, 'endpoints.journal');
    masterKey = generateMasterKey();
    database = await createDatabase(name);
    store = await open();
    await recoverFromJournal(store);
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
    const { id } = await register(store, { destinationSettings: { 'x-api-key': 'open sesame' } });
    const before = await getEndpoint(store, id);
    await restore();
    expect(await getEndpoint(store, id)).toBeUndefined();

    expect(await recoverFromJournal(store)).toEqual({
      recovered: [id],
      refused: [],
      keys: [],
      revoked: [],
      damaged: 0,
    });
    const after = await getEndpoint(store, id);
    expect(after).toEqual({ ...before, backlogSince: expect.any(Number) as number });
    expect(openSettings(store.sealer, after!)).toEqual({ 'x-api-key': 'open sesame' });
    expect(await liveKeys(store, id)).toEqual([SECRETS]);
    expect((await publish(store)).deliveries).toBe(1);
    expect((await recoverFromJournal(store)).recovered).toEqual([]);
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

    const { recovered } = await recoverFromJournal(store);
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
    expect((await recoverFromJournal(store)).recovered).toEqual([]);
    expect((await getEndpoint(store, id))?.description).toBe('Newer');
  });

  test('does not bring back what was deleted, not even when that was purged', async () => {
    const { id } = await register(store);
    const old = await readFile(path);
    passTime(HOUR);
    await deleteEndpoint(store, id);
    await writeFile(path, old);
    expect((await recoverFromJournal(store)).recovered).toEqual([]);

    passTime(2 * HOUR);
    expect(await purgeEndpoints(store, Date.now())).toBe(1);
    await writeFile(path, old);
    expect((await recoverFromJournal(store)).recovered).toEqual([]);
    expect(await getEndpoint(store, id)).toBeUndefined();
  });

  test('leaves an endpoint that has the place of one it knows', async () => {
    const restore = await backUp();
    const lost = await register(store);
    await restore();
    const kept = await register(store);
    expect(await recoverFromJournal(store)).toMatchObject({ recovered: [], refused: [lost.id] });
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
    await recoverFromJournal(store);
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
    expect((await recoverFromJournal(later)).recovered).toEqual([id]);
    expect(await liveKeys(later, id)).toEqual([SECRETS]);
  });

  test('of another database is set aside, and nothing of it put into this one', async () => {
    const { id } = await register(store);
    passTime(HOUR);
    const other = await createDatabase(name);
    const elsewhere = await open([masterKey], other);
    const recovery = await recoverFromJournal(elsewhere);
    expect(recovery).toMatchObject({ recovered: [], setAside: expect.stringContaining(path) });
    expect(await getEndpoint(elsewhere, id)).toBeUndefined();
    expect(await readFile(recovery.setAside!, 'utf8')).toContain(id);
    await elsewhere.close();
    opened.pop();
    await other.drop();
  });

  describe('keys for the API', () => {
    test('that a restored database lacks come back, with nothing but the hash of their token kept', async () => {
      const restore = await backUp();
      const { key, token } = await createKey(store, WANTED_KEY);
      expect(await readFile(path, 'utf8')).not.toContain(token);
      await restore();
      expect(await findKey(store, token)).toBeUndefined();

      expect(await recoverFromJournal(store)).toMatchObject({ keys: [key.id], revoked: [] });
      expect(await findKey(store, token)).toEqual(key);
      expect(await recoverFromJournal(store)).toMatchObject({ keys: [], revoked: [] });
    });

    test('that were revoked stay so, also when the database has them as live, or not at all', async () => {
      const beforeAll = await backUp();
      const { key, token } = await createKey(store, WANTED_KEY);
      const beforeRevocation = await backUp();
      const revoked = await revokeKey(store, key.id);
      const journal = await readFile(path);

      await beforeRevocation();
      expect(await findKey(store, token)).toEqual(key);
      expect(await recoverFromJournal(store)).toMatchObject({ keys: [], revoked: [key.id] });
      expect(await findKey(store, token)).toBeUndefined();

      await beforeAll();
      await writeFile(path, journal);
      expect(await recoverFromJournal(store)).toMatchObject({ keys: [key.id], revoked: [] });
      expect((await listKeys(store, { limit: 10 })).data).toEqual([revoked]);
    });

    test('are revoked by the database, too: a journal that knows less takes nothing back', async () => {
      const { key, token } = await createKey(store, WANTED_KEY);
      const older = await readFile(path);
      await revokeKey(store, key.id);
      await writeFile(path, older);
      expect(await recoverFromJournal(store)).toMatchObject({ keys: [], revoked: [] });
      expect(await findKey(store, token)).toBeUndefined();
      expect(await readFile(path, 'utf8')).toContain('"revoked_at":1');
    });

    test('of another database are not put into this one', async () => {
      const { key } = await createKey(store, WANTED_KEY);
      passTime(HOUR);
      const other = await createDatabase(name);
      const elsewhere = await open([masterKey], other);
      const recovery = await recoverFromJournal(elsewhere);
      expect(recovery).toMatchObject({ keys: [], setAside: expect.stringContaining(path) });
      expect((await listKeys(elsewhere, { limit: 10 })).data).toEqual([]);
      expect(await readFile(recovery.setAside!, 'utf8')).toContain(key.id);
      await elsewhere.close();
      opened.pop();
      await other.drop();
    });
  });

  test('loses nothing that is appended while it is written anew, here or by another process', async () => {
    const beside = await open();
    const rounds = 12;
    const made: string[] = [];
    const working = Promise.all(
      [store, beside].map(async (each, process) => {
        for (let round = 0; round < rounds; round += 1) {
          const { id } = await register(each, { url: `https://r.example/${process}/${round}` });
          const { key } = await createKey(each, WANTED_KEY);
          made.push(id, key.id);
        }
      }),
    );
    let rewritten = 0;
    const work = { done: false };
    const ended = working.finally(() => (work.done = true));
    do {
      await recoverFromJournal(store);
      rewritten += 1;
    } while (!work.done);
    await ended;
    const text = await readFile(path, 'utf8');
    expect(rewritten).toBeGreaterThan(1);
    expect(made).toHaveLength(4 * rounds);
    expect(made.filter((id) => !text.includes(id))).toEqual([]);
  });

  test('of several processes, each its own, put the newest state back, at once', async () => {
    const others = await Promise.all(
      [1, 2].map((number) => open([masterKey], database, `${path}.of-${number}`)),
    );
    const all = [store, ...others];
    const shared = await register(store);
    const restore = await backUp();
    const own: string[] = [];
    for (const [index, each] of all.entries()) {
      passTime(HOUR);
      await updateEndpoint(each, shared.id, { description: `By ${index}` });
      for (let count = 0; count < 5; count += 1) {
        own.push((await register(each, { url: `https://r.example/${index}/${count}` })).id);
      }
    }
    await restore();
    const recoveries = await Promise.all(all.map((each) => recoverFromJournal(each)));
    expect(recoveries.flatMap(({ refused }) => refused)).toEqual([]);
    const recovered = recoveries.flatMap((recovery) => recovery.recovered);
    expect(own.filter((id) => !recovered.includes(id))).toEqual([]);
    expect((await getEndpoint(store, shared.id))?.description).toBe('By 2');
  });

  test('is made from the database where there was none', async () => {
    const { id } = await register(store);
    await rm(path);
    await recoverFromJournal(store);
    expect(await readFile(path, 'utf8')).toContain(id);
  });
});
