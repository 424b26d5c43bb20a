import {
  backlog,
  createKey,
  deleteEndpoint,
  deliveryStats,
  findKey,
  getDelivery,
  getEndpoint,
  getEvent,
  type Listed,
  listDeliveries,
  listEndpoints,
  listEvents,
  listKeys,
  type Page,
  ping,
  purgeEndpoints,
  purgeLogs,
  revokeKey,
  type Scope,
  setEndpointStatus,
  type Store,
  swapSetting,
} from '@careerhooks/store';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import {
  attempt,
  deliveries,
  failedAttempt,
  HOUR,
  passTime,
  publish,
  publishAll,
  record,
  register,
} from './fixtures';

describe.each(DATABASES)('records on %s', (name) => {
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

  const everything = { limit: 100 };

  /** All pages of a list, checked to be of `limit` rows but the last. */
  async function allPages<Row>(limit: number, list: (page: Page) => Promise<Listed<Row>>) {
    const pages: Row[][] = [];
    let cursor: string | undefined;
    do {
      const { data, nextCursor } = await list({ limit, ...(cursor !== undefined && { cursor }) });
      pages.push(data);
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    return pages;
  }

  describe('lists', () => {
    test('come in pages, newest first, with nothing twice and nothing left out', async () => {
      for (const letter of ['a', 'b', 'c', 'd']) {
        await register(store, { url: `https://${letter}.example` });
        await createKey(store, { system: 'cv', user: letter, scopes: ['manage'] });
      }
      await publish(store, { id: 'e1' });
      await publish(store, { id: 'e2' });

      const endpoints = await allPages(2, (page) => listEndpoints(store, {}, {}, page));
      expect(endpoints.map((page) => page.map(({ url }) => url.slice(8, 9)))).toEqual([
        ['d', 'c'],
        ['b', 'a'],
      ]);
      const keys = await allPages(3, (page) => listKeys(store, page));
      expect(keys.map((page) => page.map(({ user }) => user))).toEqual([['d', 'c', 'b'], ['a']]);
      const events = await allPages(1, (page) => listEvents(store, {}, {}, page));
      expect(events.flat().map(({ id }) => id)).toEqual(['e2', 'e1']);
      const sent = await allPages(3, (page) => listDeliveries(store, {}, {}, page));
      expect(new Set(sent.flat().map(({ id }) => id)).size).toBe(8);
      expect(sent.map((page) => page.length)).toEqual([3, 3, 2]);
    });

    test('an empty list is one empty page', async () => {
      expect(await listEvents(store, {}, {}, everything)).toEqual({ data: [], nextCursor: null });
    });

    test('filter', async () => {
      const endpoint = await register(store);
      const other = await register(store, { url: 'https://other.example', events: ['export.*'] });
      await setEndpointStatus(store, other.id, { to: 'paused', from: ['active'] });
      const start = Date.now();
      await publish(store, { id: 'early' });
      passTime(HOUR);
      await publish(store, { id: 'late', type: 'export.ready' });

      const urls = async (filter: Parameters<typeof listEndpoints>[2]) =>
        (await listEndpoints(store, {}, filter, everything)).data.map(({ id }) => id);
      expect(await urls({ status: 'paused' })).toEqual([other.id]);
      expect(await urls({ url: endpoint.url })).toEqual([endpoint.id]);

      const events = async (filter: Parameters<typeof listEvents>[2]) =>
        (await listEvents(store, {}, filter, everything)).data.map(({ id }) => id);
      expect(await events({ type: 'export.ready' })).toEqual(['late']);
      expect(await events({ since: start + HOUR / 2 })).toEqual(['late']);
      expect(await events({ until: start + HOUR / 2 })).toEqual(['early']);

      const sent = async (filter: Parameters<typeof listDeliveries>[2]) =>
        (await listDeliveries(store, {}, filter, everything)).data.map((each) => [
          each.eventId,
          each.endpointId,
        ]);
      expect(await sent({ status: 'held' })).toEqual([['late', other.id]]);
      expect(await sent({ endpoint: other.id })).toEqual([['late', other.id]]);
      expect(await sent({ event: 'early' })).toEqual([['early', endpoint.id]]);
      expect(await sent({ type: 'export.ready', endpoint: endpoint.id })).toEqual([
        ['late', endpoint.id],
      ]);
      expect(await sent({ until: start + HOUR / 2 })).toEqual([['early', endpoint.id]]);
      expect(await sent({ since: start + HOUR / 2 })).toHaveLength(2);
    });
  });

  describe('scopes', () => {
    const owners = [
      { system: 'resumebuilder', user: 'u1' },
      { system: 'resumebuilder', user: 'u2' },
      { system: 'pathfinder', user: 'u1' },
    ];

    test.each<[string, Scope, number[]]>([
      ['everything', {}, [0, 1, 2]],
      ['one system', { system: 'resumebuilder' }, [0, 1]],
      ['one user of one system', { system: 'resumebuilder', user: 'u1' }, [0]],
      ['a user with nothing', { system: 'pathfinder', user: 'u2' }, []],
    ])('of %s show that, in every list and to every look', async (_, scope, visible) => {
      const made = [];
      for (const owner of owners) {
        const endpoint = await register(store, owner);
        const event = await publish(store, { ...owner, id: `${owner.system}-${owner.user}` });
        made.push({ endpoint: endpoint.id, event: event.id });
      }
      const sent = await deliveries(store);
      const all = made.map((each) => ({
        ...each,
        delivery: sent.find(({ endpointId }) => endpointId === each.endpoint)!.id,
      }));
      const seen = visible.map((index) => all[index]!);
      const newestFirst = [...seen].reverse();

      const endpoints = await listEndpoints(store, scope, {}, everything);
      expect(endpoints.data.map(({ id }) => id)).toEqual(newestFirst.map((e) => e.endpoint));
      const events = await listEvents(store, scope, {}, everything);
      expect(events.data.map(({ id }) => id)).toEqual(newestFirst.map((e) => e.event));
      const listed = await listDeliveries(store, scope, {}, everything);
      expect(listed.data.map(({ id }) => id)).toEqual(newestFirst.map((e) => e.delivery));
      expect(await deliveryStats(store, scope, {})).toHaveLength(
        new Set(visible.map((index) => owners[index]!.system)).size,
      );

      for (const each of all) {
        const found = seen.includes(each);
        expect((await getEndpoint(store, each.endpoint, scope)) !== undefined).toBe(found);
        expect((await getEvent(store, each.event, scope)) !== undefined).toBe(found);
        expect((await getDelivery(store, each.delivery, scope)) !== undefined).toBe(found);
      }
    });

    test('of a user do not show the endpoints of the whole system', async () => {
      const endpoint = await register(store, { user: null });
      const scope = { system: 'resumebuilder', user: 'u1' };
      expect(await getEndpoint(store, endpoint.id, scope)).toBeUndefined();
      expect((await listEndpoints(store, scope, {}, everything)).data).toEqual([]);
    });
  });

  describe('API keys', () => {
    test('are found by their token until they are revoked', async () => {
      const { key, token } = await createKey(store, {
        system: 'cv',
        user: 'u1',
        scopes: ['publish', 'manage'],
      });
      expect(token).toMatch(/^chk_[\w-]{43}$/);
      expect(await findKey(store, token)).toEqual(key);
      expect(await findKey(store, `${token}x`)).toBeUndefined();

      const revoked = await revokeKey(store, key.id);
      expect(revoked).toEqual({ ...key, revokedAt: expect.any(Number) as number });
      expect(await findKey(store, token)).toBeUndefined();
      passTime(HOUR);
      expect(await revokeKey(store, key.id)).toEqual(revoked);
      expect((await listKeys(store, everything)).data).toEqual([revoked]);
      expect(await revokeKey(store, 'no-such-key')).toBeUndefined();
    });
  });

  describe('purge', () => {
    test('deletes old events with all that hangs on them, in batches, but no unfinished one', async () => {
      await register(store);
      const ids = await publishAll(store, ['a', 'b', 'c', 'open']);
      for (const id of ids.slice(0, 3))
        await record(store, failedAttempt(id), attempt(id, { number: 2 }));
      passTime(HOUR);
      await publish(store, { id: 'new' });
      const before = Date.now() - HOUR / 2;

      expect(await purgeLogs(store, before - HOUR, 10)).toBe(0);
      expect(await purgeLogs(store, before, 2)).toBe(2);
      expect(await purgeLogs(store, before, 2)).toBe(1);
      expect(await purgeLogs(store, before, 2)).toBe(0);
      const left = (await listEvents(store, {}, {}, everything)).data.map(({ id }) => id);
      expect(left).toEqual(['new', 'open']);
      expect((await deliveries(store)).map(({ eventId }) => eventId)).toEqual(['open', 'new']);
      expect(await store.read.run('select * from attempts')).toEqual([]);
    });

    test('deletes an endpoint once the log of its deliveries is gone', async () => {
      const endpoint = await register(store);
      await register(store, { url: 'https://other.example' });
      await publish(store);
      await deleteEndpoint(store, endpoint.id);
      const other = (await deliveries(store)).find(({ endpointId }) => endpointId !== endpoint.id);
      await record(store, attempt(other!.id));
      passTime(HOUR);
      expect(await purgeEndpoints(store, Date.now() - 2 * HOUR)).toBe(0);
      expect(await purgeEndpoints(store, Date.now())).toBe(0);
      await purgeLogs(store, Date.now(), 10);
      expect(await purgeEndpoints(store, Date.now() - 2 * HOUR)).toBe(0);
      expect(await purgeEndpoints(store, Date.now())).toBe(1);
      expect(await store.read.run('select * from endpoints')).toHaveLength(1);
    });
  });

  describe('stats', () => {
    test('count by system, type and status, and sum up attempts', async () => {
      const endpoint = await register(store);
      const start = Date.now();
      const [a, b, c] = await publishAll(store, ['a', 'b', 'c']);
      await record(store, failedAttempt(a!), attempt(b!));
      await record(store, attempt(a!, { number: 2 }), failedAttempt(c!));
      passTime(HOUR);
      await publish(store, { type: 'export.ready' });
      const row = { system: 'resumebuilder', superseded: 0 };
      const ready = {
        ...{ ...row, type: 'export.ready', status: 'pending' },
        ...{ deliveries: 1, attempted: 0, attempts: 0 },
      };
      const created = { ...row, type: 'resume.created' };
      expect(await deliveryStats(store, {}, {})).toEqual([
        ready,
        { ...created, status: 'delivered', deliveries: 2, attempted: 2, attempts: 3 },
        { ...created, status: 'retrying', deliveries: 1, attempted: 1, attempts: 1 },
      ]);
      expect(await deliveryStats(store, {}, { since: start + HOUR / 2 })).toEqual([ready]);
      expect(await deliveryStats(store, {}, { endpoint: endpoint.id })).toHaveLength(3);
      expect(await deliveryStats(store, {}, { endpoint: 'no-such-endpoint' })).toEqual([]);
      expect(await backlog(store)).toEqual([
        { status: 'pending', deliveries: 1 },
        { status: 'retrying', deliveries: 1 },
      ]);
    });
  });

  describe('settings', () => {
    test('swap gives the value before', async () => {
      expect(await swapSetting(store, 'cluster', 'a')).toBeUndefined();
      expect(await swapSetting(store, 'cluster', 'b')).toBe('a');
      expect(await swapSetting(store, 'cluster', 'b')).toBe('b');
    });

    test('of several processes at once each gets another', async () => {
      const other = await database.open();
      const before = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          swapSetting(index % 2 ? store : other, 'cluster', `value-${index}`),
        ),
      );
      expect(new Set(before).size).toBe(10);
    });
  });

  test('ping answers while the database does', async () => {
    await expect(ping(store)).resolves.toBeUndefined();
    await store.close();
    await expect(ping(store)).rejects.toThrow();
  });
});
