import {
  assignBurst,
  backlog,
  cancelDelivery,
  claimDeliveries,
  createAttemptLog,
  createTestDelivery,
  deliveryStats,
  expireDelivery,
  endBacklog,
  extendLeases,
  getDelivery,
  holdDelivery,
  makeDueNow,
  listBacklogs,
  loadDelivery,
  markFailing,
  markWorking,
  newId,
  releaseLeases,
  reopenDelivery,
  replayDeliveries,
  setEndpointStatus,
  type Store,
  sweepDeliveries,
} from '@careerhooks/store';
import { rowsOf } from '../../../store/src/sql';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import {
  attempt,
  claim,
  countCommits,
  deliveries,
  failedAttempt,
  HOUR,
  MINUTE,
  passTime,
  publish,
  publishAll,
  pull,
  record,
  register,
  SECRETS,
} from './fixtures';

describe.each(DATABASES)('deliveries on %s', (name) => {
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

  const statusOf = async (id: string) => (await getDelivery(store, id))?.status;
  const onPostgres = name === 'postgres' ? test : test.skip;

  test('none is held by a worker that saw its endpoint paused before it was resumed', async () => {
    const endpoint = await register(store);
    const [id] = await publishAll(store, ['a']);
    expect(await holdDelivery(store, id!)).toBe(false);
    expect(await statusOf(id!)).toBe('pending');
    await setEndpointStatus(store, endpoint.id, { to: 'paused', from: ['active'] });
    expect(await holdDelivery(store, id!)).toBe(true);
    expect(await statusOf(id!)).toBe('held');
  });

  describe('claims', () => {
    test('take what is due, with all that a workflow needs to start, and lease it', async () => {
      const endpoint = await register(store);
      const [id] = await publishAll(store, ['a']);
      const due = await claimDeliveries(store, { limit: 10, leaseUntil: Date.now() + MINUTE });
      const delivery = await getDelivery(store, id!);
      expect(due).toEqual([
        {
          id,
          system: 'resumebuilder',
          type: 'resume.created',
          endpointId: endpoint.id,
          url: endpoint.url,
          ratePerSecond: null,
          isFirst: true,
          attempts: 0,
          nextAttemptAt: delivery!.createdAt,
          expiresAt: delivery!.expiresAt,
        },
      ]);
      expect(await claim(store)).toEqual([]);
      passTime(MINUTE + 1000);
      expect(await claim(store)).toEqual([id]);
    });

    test('keep to the limit, oldest first', async () => {
      await register(store);
      const ids = await publishAll(store, ['a', 'b', 'c', 'd', 'e']);
      expect(await claim(store, 2)).toEqual(ids.slice(0, 2));
      expect(await claim(store, 2)).toEqual(ids.slice(2, 4));
      expect(await claim(store, 2)).toEqual(ids.slice(4));
    });

    test('of several processes at once never share a delivery', async () => {
      await register(store);
      const ids = await publishAll(
        store,
        Array.from({ length: 200 }, (_, index) => `e${index}`),
      );
      const others = await Promise.all([database.open(), database.open(), database.open()]);
      const claimed: string[] = [];
      await Promise.all(
        [store, ...others].map(async (each) => {
          for (let got = await claim(each, 7); got.length > 0; got = await claim(each, 7)) {
            expect(got.length).toBeLessThanOrEqual(7);
            claimed.push(...got);
          }
        }),
      );
      claimed.push(...(await claim(store, 200)));
      expect(claimed.sort()).toEqual([...ids].sort());
    });

    // SQLite has one writer at a time.
    onPostgres('do not wait for rows that another process is taking', async () => {
      await register(store);
      const [first, second] = await publishAll(store, ['a', 'b']);
      const other = await database.open();
      await store.write.transaction(async (transaction) => {
        await transaction.run('select id from deliveries where id = ? for update', [first!]);
        expect(await claim(other)).toEqual([second]);
      });
      expect(await claim(other)).toEqual([first]);
    });

    test('of an ordered endpoint take the oldest unfinished one only', async () => {
      await register(store, { ordered: true });
      const [a, b, c] = await publishAll(store, ['a', 'b', 'c']);
      await register(store, { url: 'https://free.example' });
      expect(await claim(store)).toEqual([]);
      expect(await pull(store)).toEqual([a]);
      expect(await pull(store)).toEqual([]);
      await record(store, failedAttempt(a!));
      expect(await pull(store)).toEqual([]);
      await record(store, attempt(a!, { number: 2 }));
      expect(await pull(store)).toEqual([b]);
      await cancelDelivery(store, b!);
      expect(await pull(store)).toEqual([c]);
    });

    test('releaseLeases frees all at once; extendLeases gives more time, never less', async () => {
      await register(store);
      const [a, b] = await publishAll(store, ['a', 'b']);
      await claim(store);
      await releaseLeases(store, { firstAttempts: true });
      expect(await claim(store)).toEqual([a, b]);

      await extendLeases(store, [
        { id: a!, leaseUntil: Date.now() + HOUR },
        { id: b!, leaseUntil: Date.now() - HOUR },
      ]);
      passTime(2 * MINUTE);
      expect(await claim(store)).toEqual([b]);
    });

    test('an extended lease does not bring back what is finished or held', async () => {
      const endpoint = await register(store);
      const [a, b] = await publishAll(store, ['a', 'b']);
      await record(store, attempt(a!));
      await setEndpointStatus(store, endpoint.id, { to: 'paused', from: ['active'] });
      await extendLeases(
        store,
        [a!, b!].map((id) => ({ id, leaseUntil: Date.now() + 1 })),
      );
      await releaseLeases(store, { firstAttempts: true });
      passTime(MINUTE);
      expect(await claim(store)).toEqual([]);
    });
  });

  describe('attempts', () => {
    test('are logged, and move the delivery on', async () => {
      await register(store);
      const [id] = await publishAll(store, ['a']);
      const failed = failedAttempt(id!, { errorMessage: 'Internal error', answerExcerpt: '<h1>' });
      await record(store, failed);
      expect(await getDelivery(store, id!)).toMatchObject({
        status: 'retrying',
        attempts: 1,
        nextAttemptAt: failed.nextAttemptAt,
        lastStatusCode: 500,
        lastErrorCode: 'http_500',
        finishedAt: null,
      });
      await record(store, attempt(id!, { number: 2 }));
      expect(await getDelivery(store, id!)).toMatchObject({
        status: 'delivered',
        attempts: 2,
        nextAttemptAt: null,
        lastStatusCode: 200,
        lastErrorCode: null,
        finishedAt: expect.any(Number) as number,
        attemptLog: [
          {
            number: 1,
            startedAt: failed.startedAt,
            durationMs: 12,
            succeeded: false,
            statusCode: 500,
            errorCode: 'http_500',
            errorMessage: 'Internal error',
            answerExcerpt: '<h1>',
          },
          { number: 2, succeeded: true, statusCode: 200, errorCode: null, errorMessage: null },
        ],
      });
    });

    test('a retrying delivery is taken up again when its lease runs out', async () => {
      await register(store);
      const [id] = await publishAll(store, ['a']);
      await claim(store);
      await record(store, failedAttempt(id!));
      passTime(MINUTE + 1000);
      expect(await claim(store)).toEqual([]);
      passTime(MINUTE);
      expect(await claim(store)).toEqual([id]);
    });

    test('recording one twice changes nothing', async () => {
      await register(store);
      const [id] = await publishAll(store, ['a']);
      await record(store, failedAttempt(id!));
      const before = await getDelivery(store, id!);
      await record(store, failedAttempt(id!, { durationMs: 99, statusCode: 502 }));
      await record(store, attempt(id!, { status: 'failed', statusCode: 400 }));
      expect(await getDelivery(store, id!)).toEqual(before);
    });

    test('those that end at once share a transaction', async () => {
      await register(store);
      const ids = await publishAll(
        store,
        Array.from({ length: 300 }, (_, index) => `e${index}`),
      );
      const log = createAttemptLog(store);
      const commits = countCommits(store);
      await Promise.all(ids.map((id) => log.add([attempt(id)])));
      expect(commits()).toBe(1);
      expect(new Set((await deliveries(store)).map(({ status }) => status))).toEqual(
        new Set(['delivered']),
      );
    });

    test('several of one delivery in one transaction leave it at the last', async () => {
      await register(store);
      const [id] = await publishAll(store, ['a']);
      const log = createAttemptLog(store);
      await Promise.all([
        log.add([failedAttempt(id!)]),
        log.add([failedAttempt(id!)]),
        log.add([failedAttempt(id!, { number: 2 })]),
        log.add([attempt(id!, { number: 3 })]),
      ]);
      const delivery = await getDelivery(store, id!);
      expect(delivery).toMatchObject({ status: 'delivered', attempts: 3 });
      expect(delivery!.attemptLog.map(({ number }) => number)).toEqual([1, 2, 3]);
    });

    test('an answer of NUL bytes and broken surrogates fails nobody', async () => {
      await register(store);
      const [a, b] = await publishAll(store, ['a', 'b']);
      const log = createAttemptLog(store);
      await Promise.all([
        log.add([attempt(a!, { answerExcerpt: '\u0000\ud800"\\u0000' })]),
        log.add([attempt(b!)]),
      ]);
      expect((await getDelivery(store, a!))?.attemptLog[0]?.answerExcerpt).toBe(
        '\ufffd\ufffd"\\u0000',
      );
      expect(await statusOf(b!)).toBe('delivered');
    });

    test('an attempt of a delivery that was purged meanwhile is dropped', async () => {
      await register(store);
      const [id] = await publishAll(store, ['a']);
      const log = createAttemptLog(store);
      expect(await log.add([attempt('no-such-delivery'), attempt(id!)])).toEqual([
        'unknown',
        'recorded',
      ]);
      const kept = await rowsOf(store.read, 'select delivery_id, number from attempts');
      expect(kept).toEqual([{ delivery_id: id, number: 1 }]);
    });

    test('a delivery that was cancelled meanwhile stays so, unless it was delivered', async () => {
      await register(store);
      const [a, b, c] = await publishAll(store, ['a', 'b', 'c']);
      for (const id of [a!, b!, c!]) await cancelDelivery(store, id);
      await record(store, failedAttempt(a!), attempt(b!), attempt(c!, { status: 'failed' }));
      expect(await Promise.all([a!, b!, c!].map(statusOf))).toEqual([
        'cancelled',
        'delivered',
        'cancelled',
      ]);
      passTime(HOUR);
      expect(await claim(store)).toEqual([]);
    });

    test('numbers go on where a cancelled delivery is sent again', async () => {
      await register(store);
      const [id] = await publishAll(store, ['a']);
      await cancelDelivery(store, id!);
      await record(store, failedAttempt(id!));
      await reopenDelivery(store, id!);
      expect(await loadDelivery(store, id!)).toMatchObject({ attempts: 1, attemptsBeforeRound: 1 });
      await record(store, attempt(id!, { number: 2 }));
      const delivery = await getDelivery(store, id!);
      expect(delivery).toMatchObject({ status: 'delivered', attempts: 2 });
      expect(delivery!.attemptLog).toHaveLength(2);
    });

    test('a delivery that was held meanwhile stays held, unless the attempt ended it', async () => {
      const endpoint = await register(store);
      const [a, b, c] = await publishAll(store, ['a', 'b', 'c']);
      await setEndpointStatus(store, endpoint.id, { to: 'paused', from: ['active'] });
      await record(store, failedAttempt(a!), attempt(b!), attempt(c!, { status: 'failed' }));
      expect(await Promise.all([a!, b!, c!].map(statusOf))).toEqual([
        'held',
        'delivered',
        'failed',
      ]);
      passTime(HOUR);
      expect(await claim(store)).toEqual([]);
      await setEndpointStatus(store, endpoint.id, { to: 'active', from: ['paused'] });
      expect(await pull(store)).toEqual([a]);
      expect(await statusOf(a!)).toBe('retrying');
    });
  });

  test('loadDelivery gives an attempt all that it needs', async () => {
    const endpoint = await register(store);
    const { id: eventId } = await publish(store, { data: '{"a":1}', previousAttributes: '{}' });
    const [delivery] = await deliveries(store);
    expect(await loadDelivery(store, delivery!.id)).toEqual({
      id: delivery!.id,
      status: 'pending',
      attempts: 0,
      attemptsBeforeRound: 0,
      nextAttemptAt: delivery!.createdAt,
      leaseUntil: delivery!.createdAt,
      expiresAt: delivery!.expiresAt,
      isTest: false,
      burstId: null,
      event: {
        key: expect.any(String) as string,
        id: eventId,
        system: 'resumebuilder',
        user: 'u1',
        type: 'resume.created',
        data: '{"a":1}',
        previousAttributes: '{}',
        isTest: false,
        createdAt: delivery!.createdAt,
      },
      endpoint,
      keys: [SECRETS],
    });
    expect(await loadDelivery(store, 'no-such-delivery')).toBeUndefined();
  });

  describe('by hand', () => {
    test('cancel ends an unfinished one, once', async () => {
      await register(store);
      const [id] = await publishAll(store, ['a']);
      expect(await cancelDelivery(store, id!)).toBe(true);
      expect(await cancelDelivery(store, id!)).toBe(false);
      expect(await getDelivery(store, id!)).toMatchObject({
        status: 'cancelled',
        nextAttemptAt: null,
      });
      expect(await claim(store)).toEqual([]);
    });

    test('one that is neither finished nor held can be made due now', async () => {
      const endpoint = await register(store);
      const [a, b] = await publishAll(store, ['a', 'b']);
      await claim(store);
      await record(store, failedAttempt(a!), attempt(b!));
      expect(await makeDueNow(store, a!)).toBe(true);
      expect(await makeDueNow(store, b!)).toBe(false);
      expect((await getDelivery(store, a!))!.nextAttemptAt).toBeLessThanOrEqual(Date.now());
      expect(await claim(store)).toEqual([a]);
      await setEndpointStatus(store, endpoint.id, { to: 'paused', from: ['active'] });
      expect(await makeDueNow(store, a!)).toBe(false);
    });

    test('reopen gives a finished one a whole new round', async () => {
      await register(store);
      const [id] = await publishAll(store, ['a']);
      expect(await reopenDelivery(store, id!)).toBe(false);
      await record(store, attempt(id!, { status: 'failed', statusCode: 400 }));
      passTime(25 * HOUR);
      expect(await reopenDelivery(store, id!)).toBe(true);
      const delivery = await getDelivery(store, id!);
      expect(delivery).toMatchObject({ status: 'pending', attempts: 1, finishedAt: null });
      expect(delivery!.expiresAt).toBeGreaterThan(Date.now() + 23 * HOUR);
      expect(await claim(store)).toEqual([id]);
      expect(await loadDelivery(store, id!)).toMatchObject({ attemptsBeforeRound: 1 });
    });

    test('reopen holds where the endpoint is paused, and refuses where it is gone', async () => {
      const endpoint = await register(store);
      const [a] = await publishAll(store, ['a']);
      await record(store, attempt(a!, { status: 'failed' }));
      await setEndpointStatus(store, endpoint.id, { to: 'paused', from: ['active'] });
      expect(await reopenDelivery(store, a!)).toBe(true);
      expect(await statusOf(a!)).toBe('held');
      expect(await claim(store)).toEqual([]);
      await setEndpointStatus(store, endpoint.id, { to: 'active', from: ['paused'] });
      expect(await pull(store)).toEqual([a]);
      // No attempt of this round yet.
      expect(await statusOf(a!)).toBe('pending');
      await setEndpointStatus(store, endpoint.id, { to: 'disabled', from: ['active'] });
      expect(await statusOf(a!)).toBe('cancelled');
      expect(await reopenDelivery(store, a!)).toBe(false);
    });

    test('reopen gives an ordered endpoint its delivery without waiting for a sweep', async () => {
      await register(store, { ordered: true });
      const [a] = await publishAll(store, ['a']);
      await pull(store);
      await record(store, attempt(a!, { status: 'failed' }));
      expect(await pull(store)).toEqual([]);
      for (const { endpointId } of await listBacklogs(store)) await endBacklog(store, endpointId);
      expect(await reopenDelivery(store, a!)).toBe(true);
      expect(await pull(store)).toEqual([a]);
    });

    test('while an endpoint is failing its backlog goes on, though nothing waits in it', async () => {
      const { id } = await register(store);
      await markFailing(store, id);
      expect(await endBacklog(store, id)).toBe(false);
      expect(await listBacklogs(store)).toMatchObject([{ endpointId: id, waits: false }]);
      await markWorking(store, id);
      expect(await endBacklog(store, id)).toBe(true);
      expect(await listBacklogs(store)).toEqual([]);
    });

    test('names the burst of a first attempt that ended it, not of one that went on alone', async () => {
      await register(store);
      const [a, b, c] = await publishAll(store, ['a', 'b', 'c']);
      const burst = newId();
      await assignBurst(store, [a!, b!, c!], burst);
      await record(store, attempt(a!, { status: 'delivered' }));
      await record(store, attempt(b!, { status: 'retrying', nextAttemptAt: Date.now() }));
      await cancelDelivery(store, b!);
      await cancelDelivery(store, c!);
      const burstOf = async (id: string) => (await getDelivery(store, id))?.burstId;
      expect(await burstOf(a!)).toBe(burst);
      expect(await burstOf(b!)).toBeNull();
      expect(await burstOf(c!)).toBe(burst);
    });

    test('replay takes finished ones of one endpoint by time and status', async () => {
      const endpoint = await register(store);
      const other = await register(store, { url: 'https://other.example' });
      const start = Date.now();
      await publish(store, { id: 'early' });
      passTime(HOUR);
      await publish(store, { id: 'failed' });
      await publish(store, { id: 'delivered' });
      await publish(store, { id: 'unfinished' });
      passTime(HOUR);
      await publish(store, { id: 'late' });
      for (const { id, eventId } of await deliveries(store)) {
        const status = eventId === 'delivered' ? 'delivered' : 'failed';
        if (eventId !== 'unfinished') await record(store, attempt(id, { status }));
      }
      const range = { since: start + HOUR / 2, until: start + 1.5 * HOUR };
      const selection = { endpointId: endpoint.id, ...range };
      expect(await replayDeliveries(store, { ...selection, statuses: [] })).toBe(0);
      expect(await replayDeliveries(store, { ...selection, statuses: ['expired'] })).toBe(0);
      expect(await replayDeliveries(store, { ...selection, statuses: ['failed', 'expired'] })).toBe(
        1,
      );
      const pending = (await deliveries(store)).filter(({ status }) => status === 'pending');
      expect(pending.map(({ eventId, endpointId }) => [eventId, endpointId])).toEqual(
        expect.arrayContaining([
          ['failed', endpoint.id],
          ['unfinished', endpoint.id],
          ['unfinished', other.id],
        ]),
      );
      expect(pending).toHaveLength(3);
      expect(
        await replayDeliveries(store, {
          endpointId: endpoint.id,
          since: 0,
          until: Date.now() + 1,
          statuses: ['failed', 'delivered'],
        }),
      ).toBe(3);
    });
  });

  describe('after 24 h', () => {
    test('expire ends one whose time is over, not before', async () => {
      await register(store);
      const [a, b] = await publishAll(store, ['a', 'b']);
      await record(store, attempt(b!));
      expect(await expireDelivery(store, a!)).toBe(false);
      passTime(24 * HOUR + 1000);
      expect(await expireDelivery(store, a!)).toBe(true);
      expect(await expireDelivery(store, a!)).toBe(false);
      expect(await expireDelivery(store, b!)).toBe(false);
      expect(await Promise.all([a!, b!].map(statusOf))).toEqual(['expired', 'delivered']);
    });

    test('sweep expires what is held, and later what a workflow left', async () => {
      const endpoint = await register(store);
      const paused = await register(store, { url: 'https://paused.example' });
      await setEndpointStatus(store, paused.id, { to: 'paused', from: ['active'] });
      await publish(store);
      const statuses = async () =>
        Object.fromEntries(
          (await deliveries(store)).map((each) => [
            each.endpointId === endpoint.id ? 'workflow' : 'held',
            each.status,
          ]),
        );
      await sweepDeliveries(store);
      expect(await statuses()).toEqual({ workflow: 'pending', held: 'held' });
      passTime(24 * HOUR + 1000);
      await sweepDeliveries(store);
      expect(await statuses()).toEqual({ workflow: 'pending', held: 'expired' });
      passTime(2 * MINUTE);
      await sweepDeliveries(store);
      expect(await statuses()).toEqual({ workflow: 'expired', held: 'expired' });
      expect(await claim(store)).toEqual([]);
    });

    test('sweep finds what was held while its endpoint became active', async () => {
      await register(store);
      const [a, b] = await publishAll(store, ['a', 'b']);
      await record(store, failedAttempt(b!));
      await store.write.run("update deliveries set status = 'held', lease_until = null");
      expect(await pull(store)).toEqual([]);
      await sweepDeliveries(store);
      expect(await pull(store)).toEqual([a, b]);
      expect(await Promise.all([a!, b!].map(statusOf))).toEqual(['pending', 'retrying']);
    });
  });

  describe('tests', () => {
    const makeTest = async (endpointId: string) =>
      createTestDelivery(store, {
        endpointId,
        system: 'resumebuilder',
        user: 'u1',
        type: 'resume.created',
        data: '{"test":true}',
      });

    test('are not claimed, not even over pause and resume, and stand in nobody’s way', async () => {
      const endpoint = await register(store, { ordered: true });
      const id = await makeTest(endpoint.id);
      const [real] = await publishAll(store, ['a']);
      await setEndpointStatus(store, endpoint.id, { to: 'paused', from: ['active'] });
      expect(await statusOf(id)).toBe('pending');
      await setEndpointStatus(store, endpoint.id, { to: 'active', from: ['paused'] });
      await releaseLeases(store, { firstAttempts: true });
      expect(await claim(store)).toEqual([]);
      expect(await pull(store)).toEqual([real]);
    });

    test('are not counted, and not replayed', async () => {
      const endpoint = await register(store);
      const id = await makeTest(endpoint.id);
      expect(await backlog(store)).toEqual([]);
      await record(store, attempt(id, { status: 'failed' }));
      expect(await deliveryStats(store, {}, {})).toEqual([]);
      const all = { since: 0, until: Date.now() + HOUR, statuses: ['failed' as const] };
      expect(await replayDeliveries(store, { endpointId: endpoint.id, ...all })).toBe(0);
    });

    test('are made and logged like any other', async () => {
      const endpoint = await register(store, { challenge: 'c' });
      const id = await makeTest(endpoint.id);
      expect(await loadDelivery(store, id)).toMatchObject({
        isTest: true,
        status: 'pending',
        event: { isTest: true, data: '{"test":true}', previousAttributes: null },
        keys: [SECRETS],
      });
      await record(store, attempt(id));
      expect(await getDelivery(store, id)).toMatchObject({ status: 'delivered', isTest: true });
    });
  });
});
