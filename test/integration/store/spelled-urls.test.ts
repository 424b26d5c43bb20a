import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createSealer,
  deleteEndpoint,
  findSingleton,
  generateMasterKey,
  getEndpoint,
  listEndpoints,
  openStore,
  recoverFromJournal,
  saveEndpoint,
  type Store,
  updateEndpoint,
} from '@careerhooks/store';
import { formatEntry, type JournaledEndpoint, readEntries } from '../../../store/src/journal/entry';
import { insertion, rowsOf } from '../../../store/src/sql';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import { passTime, publish, register, SECRETS } from './fixtures';

const URL = 'https://hooks.example.com/a?sig=A%2fb';
const SPELLINGS = [
  'HTTPS://Hooks.Example.COM/a?sig=A%2fb',
  'https://hooks.example.com:443/a?sig=A%2fb',
  'https://hooks.example.com/a?sig=A%2fb#part',
];

const registration = (url: string) => ({
  system: 'resumebuilder',
  user: null,
  url,
  events: ['*'],
  chooseKeys: () => SECRETS,
});

describe.each(DATABASES)('a URL that is spelled in several ways on %s', (name) => {
  let database: TestDatabase;
  let store: Store;

  beforeEach(async () => {
    database = await createDatabase(name);
    store = await database.open();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await database.drop();
  });

  async function urls(filter: { url?: string; search?: string } = {}): Promise<string[]> {
    const { data } = await listEndpoints(store, {}, filter, { limit: 10 });
    return data.map(({ url }) => url).toSorted();
  }

  test.each(SPELLINGS)('is one endpoint, which shows what was given last: %s', async (spelled) => {
    const { endpoint } = await saveEndpoint(store, registration(URL));
    expect(await saveEndpoint(store, registration(spelled))).toMatchObject({
      created: false,
      endpoint: { id: endpoint.id, url: spelled },
    });
    expect(await urls()).toEqual([spelled]);
    expect((await publish(store)).deliveries).toBe(1);
  });

  test('is found by any spelling', async () => {
    await register(store, { url: SPELLINGS[0]! });
    await register(store, { url: 'https://hooks.example.com/a' });
    for (const spelled of [URL, ...SPELLINGS]) {
      expect(await urls({ url: spelled })).toEqual([SPELLINGS[0]]);
      expect(await urls({ search: spelled })).toEqual([SPELLINGS[0]]);
    }
    expect(await urls({ search: 'hooks.example' })).toHaveLength(2);
  });

  test('registered at once by several processes is one endpoint', async () => {
    const other = await database.open();
    const saved = await Promise.all(
      [store, other].flatMap((each) =>
        [URL, ...SPELLINGS].map((spelled) => saveEndpoint(each, registration(spelled))),
      ),
    );
    expect(new Set(saved.map(({ endpoint }) => endpoint.id)).size).toBe(1);
    expect(saved.filter(({ created }) => created)).toHaveLength(1);
  });

  test('is taken where another endpoint of the owner has it, and may be spelled anew by its own', async () => {
    const { id } = await register(store, { url: URL });
    const other = await register(store, { url: 'https://other.example.com' });
    for (const url of SPELLINGS) {
      expect(await updateEndpoint(store, other.id, { url })).toBe('url_taken');
      expect(await updateEndpoint(store, id, { url })).toMatchObject({ id, url });
    }
    await expect(
      saveEndpoint(store, { ...registration('https://single.example'), singleton: true }),
    ).resolves.toBeDefined();
    await expect(
      saveEndpoint(store, { ...registration(URL), singleton: true }),
    ).rejects.toMatchObject({ code: 'url_taken' });
  });

  test('keeps a singleton where it is', async () => {
    const wanted = { ...registration(URL), singleton: true };
    const { endpoint } = await saveEndpoint(store, wanted);
    const again = await saveEndpoint(store, { ...wanted, url: SPELLINGS[0]! });
    expect(again).toMatchObject({ created: false, endpoint: { id: endpoint.id } });
    const owner = { system: 'resumebuilder', user: null };
    expect((await findSingleton(store, owner))?.url).toBe(SPELLINGS[0]);
  });

  describe('in a database of the version before', () => {
    /** Makes it one of the version before, whose owner has an endpoint at each spelling. */
    async function turnBack(spellings: string[]): Promise<string[]> {
      for (const index of spellings.keys()) {
        await register(store, { url: `https://${index}.example.com/` });
      }
      const rows = await rowsOf<{ id: string }>(
        store.write,
        'select id from endpoints order by id',
      );
      for (const index of ['endpoints_url_key', 'endpoints_owner_url_key']) {
        await store.write.run(`drop index ${index}`);
      }
      for (const column of [
        'url_key',
        'url_twin',
        'verification_error_message',
        'verification_status_code',
        'verification_answer_excerpt',
      ]) {
        await store.write.run(`alter table endpoints drop column ${column}`);
      }
      await store.write.run("delete from migrations where name like '0005%'");
      for (const [index, { id }] of rows.entries()) {
        await store.write.run('update endpoints set url = ? where id = ?', [spellings[index]!, id]);
      }
      return rows.map(({ id }) => id);
    }

    test('all endpoints stay, and are one each with what is registered from then on', async () => {
      const [first, twin] = await turnBack([URL, SPELLINGS[0]!]);
      store = await database.open();
      expect(await urls()).toEqual([SPELLINGS[0], URL].toSorted());
      expect((await publish(store)).deliveries).toBe(2);

      const ids: Record<string, string | undefined> = {};
      for (const spelled of [SPELLINGS[1]!, SPELLINGS[0]!]) {
        const { endpoint, created } = await saveEndpoint(store, registration(spelled));
        expect(created).toBe(false);
        ids[spelled] = endpoint.id;
      }
      expect(ids).toEqual({ [SPELLINGS[1]!]: first, [SPELLINGS[0]!]: twin });

      // With the first gone, the twin is the one at this URL.
      await deleteEndpoint(store, first!);
      const other = await register(store, { url: 'https://other.example.com' });
      expect(await updateEndpoint(store, other.id, { url: URL })).toBe('url_taken');
      expect(await saveEndpoint(store, registration(URL))).toMatchObject({
        created: false,
        endpoint: { id: twin },
      });
    });

    test('what a process of that version writes beside this one is taken up at the next start', async () => {
      const { id } = await register(store, { url: URL });
      const [row] = await rowsOf<{ url_key: string }>(store.write, 'select * from endpoints');
      const older = { ...row, id: 'ep_older', url: SPELLINGS[0]!, url_key: null };
      const [columns, values] = insertion(older);
      await store.write.run(`insert into endpoints ${columns}`, values);
      await store.write.run(
        "update endpoints set url = 'https://moved.example.com/' where id = ?",
        [id],
      );
      expect(await saveEndpoint(store, registration(SPELLINGS[0]!))).toMatchObject({
        created: false,
        endpoint: { id: 'ep_older' },
      });

      store = await database.open();
      expect(await urls({ url: URL })).toEqual([SPELLINGS[0]]);
      expect(await urls({ url: 'https://moved.example.com' })).toEqual([
        'https://moved.example.com/',
      ]);
    });
  });

  describe('in the journal', () => {
    let folder: string;
    let path: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'careerhooks-journal-'));
      path = join(folder, 'endpoints.journal');
      const sealer = createSealer([generateMasterKey()]);
      await database.drop();
      database = await createDatabase(name);
      store = await openStore({ ...database.location, sealer, journal: path });
    });
    afterEach(async () => {
      await store.close();
      await rm(folder, { recursive: true });
    });

    async function loseAll(): Promise<void> {
      for (const table of ['endpoint_keys', 'subscriptions', 'endpoints']) {
        await store.write.run(`delete from ${table}`);
      }
    }

    test('a lost endpoint does not come back beside one that is spelled otherwise', async () => {
      const lost = await register(store, { url: URL });
      await loseAll();
      const kept = await register(store, { url: SPELLINGS[0]! });
      expect(await recoverFromJournal(store)).toMatchObject({ recovered: [], refused: [lost.id] });
      expect(await getEndpoint(store, kept.id)).toBeDefined();
    });

    test('all endpoints of the version before come back, also those that are one now', async () => {
      const one = await register(store, { url: URL });
      passTime(1000);
      const other = await register(store, { url: 'https://other.example.com' });
      await loseAll();
      const { entries } = readEntries(await readFile(path, 'utf8'));
      const older = entries.map((entry) => {
        const { url_key, url_twin, ...endpoint } = entry.endpoint;
        expect([url_key, url_twin]).toEqual([expect.any(String), 0]);
        const row: JournaledEndpoint = {
          ...endpoint,
          url: endpoint.id === one.id ? URL : SPELLINGS[1]!,
        };
        return { ...entry, endpoint: row };
      });
      await writeFile(path, older.map(formatEntry).join(''));

      const { recovered } = await recoverFromJournal(store);
      expect(recovered.toSorted()).toEqual([one.id, other.id].toSorted());
      expect(await urls({ url: URL })).toEqual([URL, SPELLINGS[1]].toSorted());
      await loseAll();
      expect((await recoverFromJournal(store)).recovered).toHaveLength(2);
      expect(await saveEndpoint(store, registration(SPELLINGS[2]!))).toMatchObject({
        created: false,
        endpoint: { id: one.id },
      });
    });
  });
});
