import {
  createAttemptLog,
  createEventIntake,
  createLostEvents,
  deleteEndpoint,
  getDelivery,
  getEvent,
  type Kept,
  type LostDelivery,
  type NewEvent,
  recordLost,
  setEndpointStatus,
  type Store,
} from '@careerhooks/store';
import { Client } from 'pg';
import { createDatabase, type TestDatabase } from '../../support/databases';
import {
  attempt,
  claim,
  deliveries,
  failedAttempt,
  HOUR,
  newEvent,
  passTime,
  publish,
  pull,
  record,
  register,
} from './fixtures';

/** A lease, and a bit. */
const LEASE = 11_000;

describe('a failover of PostgreSQL to a copy that lacks the last commits', () => {
  let database: TestDatabase;
  let store: Store;

  beforeEach(async () => {
    database = await createDatabase('postgres');
    store = await database.open();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await database.drop();
  });

  /** As a copy that was behind lacks them: without the product's doing. */
  async function lose(...eventIds: string[]): Promise<void> {
    for (const id of eventIds) await store.write.run('delete from events where id = ?', [id]);
  }

  async function acceptAgain(kept: Kept = store.lately!.look()): Promise<LostDelivery[]> {
    const told: LostDelivery[] = [];
    await createLostEvents(store, (lost) => told.push(...lost)).acceptAgain(kept);
    return told;
  }

  test('what was lost is accepted again, as it was, and told of; the rest is left alone', async () => {
    const { id: endpointId } = await register(store);
    await publish(store, { id: 'there' });
    const wanted: Partial<NewEvent> = {
      id: 'lost',
      idempotencyKey: 'key of the lost one',
      data: '{"n":1.0}',
      previousAttributes: '{}',
      critical: true,
    };
    await publish(store, wanted);
    const before = (await deliveries(store)).find(({ eventId }) => eventId === 'lost')!;
    const event = await getEvent(store, 'lost', {});
    await lose('lost');
    expect(await deliveries(store)).toHaveLength(1);

    expect(await acceptAgain()).toEqual([
      { eventId: 'lost', deliveryId: before.id, endpointId, outcome: 'pending' },
    ]);
    expect(await getEvent(store, 'lost', {})).toEqual(event);
    expect(await getDelivery(store, before.id)).toMatchObject({
      ...before,
      burstId: null,
      attemptLog: [],
    });
    const [row] = await store.read.run('select critical from deliveries where id = ?', [before.id]);
    expect(row).toEqual({ critical: 1 });
    expect(await publish(store, wanted)).toMatchObject({ id: 'lost', duplicate: true });
    expect(await acceptAgain()).toEqual([]);
    expect(await deliveries(store)).toHaveLength(2);
  });

  test('it is sent when the lease has run out of whoever may be sending it', async () => {
    await register(store);
    await publish(store, { id: 'lost' });
    await lose('lost');
    const [lost] = await acceptAgain();
    expect(await claim(store)).toEqual([]);
    passTime(LEASE);
    expect(await claim(store)).toEqual([lost!.deliveryId]);
  });

  test('what is known to have been delivered is not sent again, what is known to have failed goes on', async () => {
    await register(store);
    for (const id of ['done', 'retried', 'attempt lost']) await publish(store, { id });
    const ids = (await deliveries(store)).map(({ id }) => id);
    const [done, retried, alone] = ids as [string, string, string];
    await record(store, attempt(done), failedAttempt(retried), attempt(alone));
    await lose('done', 'retried');
    // Of this one, the copy has the acceptance, and not the attempt.
    await store.write.run('delete from attempts where delivery_id = ?', [alone]);
    await store.write.run(
      `update deliveries set status = 'pending', attempts = 0, finished_at = null, lease_until = 0
       where id = ?`,
      [alone],
    );

    expect((await acceptAgain()).map(({ outcome }) => outcome)).toEqual(['delivered', 'retrying']);
    expect(await recordLost(store, store.lately!.look().records)).toEqual([]);
    expect((await deliveries(store)).map(({ status, attempts }) => [status, attempts])).toEqual([
      ['delivered', 1],
      ['retrying', 1],
      ['delivered', 1],
    ]);
    expect((await getDelivery(store, done))?.attemptLog).toHaveLength(1);
    passTime(LEASE);
    expect(await claim(store)).toEqual([]);
  });

  test('what its producer has published again meanwhile counts once', async () => {
    await register(store);
    await publish(store, { idempotencyKey: 'k' });
    const [first] = await deliveries(store);
    await lose(first!.eventId);
    const again = await publish(store, { idempotencyKey: 'k' });
    expect(again.duplicate).toBe(false);

    const lost = createLostEvents(store, (told) => outcomes.push(...told));
    const outcomes: LostDelivery[] = [];
    await lost.acceptAgain(store.lately!.look());
    await lost.acceptAgain(store.lately!.look());
    expect(outcomes).toEqual([
      expect.objectContaining({ deliveryId: first!.id, outcome: 'published_again' }),
    ]);
    expect((await deliveries(store)).map(({ eventId }) => eventId)).toEqual([again.id]);
  });

  test('what its endpoint does not want any more is not sent; what it cannot take yet waits', async () => {
    const urls = ['deleted', 'disabled', 'paused', 'ordered', 'gone'] as const;
    const ids = {} as Record<(typeof urls)[number], string>;
    for (const url of urls) {
      const wanted = { url: `https://${url}.example`, ordered: url === 'ordered' };
      ids[url] = (await register(store, wanted)).id;
    }
    await publish(store, { id: 'lost' });
    await publish(store, { id: 'lost too' });
    await lose('lost', 'lost too');
    await deleteEndpoint(store, ids.deleted);
    await setEndpointStatus(store, ids.disabled, { to: 'disabled', from: ['active'] });
    await setEndpointStatus(store, ids.paused, { to: 'paused', from: ['active'] });
    await store.write.run('update endpoints set backlog_since = null');
    await store.write.run('delete from endpoints where id = ?', [ids.gone]);

    const outcomes = new Map<string, (string | null)[]>();
    for (const { endpointId, outcome } of await acceptAgain()) {
      outcomes.set(endpointId!, [...(outcomes.get(endpointId!) ?? []), outcome]);
    }
    expect(urls.map((url) => outcomes.get(ids[url])?.[0])).toEqual([
      'cancelled',
      'cancelled',
      'held',
      'held',
      'endpoint_lost',
    ]);
    const inOrder = (await deliveries(store)).filter(
      ({ endpointId }) => endpointId === ids.ordered,
    );
    expect(await pull(store)).toEqual([inOrder[0]!.id]);
    expect(inOrder.map(({ eventId }) => eventId)).toEqual(['lost', 'lost too']);
  });

  describe('throttled events', () => {
    const throttle = { key: 'job', windowMs: HOUR };
    const statuses = async () =>
      (await deliveries(store)).map(({ eventId, status, lastErrorCode }) =>
        [eventId, lastErrorCode ?? status].join(' '),
      );

    test('the newest of those that were lost goes out', async () => {
      await register(store);
      await publish(store, { id: 'first', throttle });
      await publish(store, { id: 'second', throttle });
      await publish(store, { id: 'third', throttle });
      await lose('first', 'second', 'third');
      await acceptAgain();
      expect(await statuses()).toEqual(['first superseded', 'second superseded', 'third pending']);
      passTime(LEASE);
      expect(await claim(store)).toHaveLength(1);
    });

    test('one of which there is a newer one since does not come after it', async () => {
      await register(store);
      await publish(store, { id: 'lost', throttle });
      await lose('lost');
      await publish(store, { id: 'newer', throttle });
      await acceptAgain();
      expect(await statuses()).toEqual(['lost superseded', 'newer pending']);
    });

    test('what flushes them goes out after them', async () => {
      await register(store);
      await publish(store, { id: 'progress', throttle });
      await publish(store, { id: 'done', flushes: { key: 'job' } });
      await lose('progress', 'done');
      await acceptAgain();
      passTime(LEASE);
      const [progress, done] = await deliveries(store);
      expect(await claim(store)).toEqual([progress!.id]);
      await record(store, attempt(progress!.id));
      expect(await claim(store)).toEqual([done!.id]);
    });
  });

  test('a great many are accepted again, in order', async () => {
    await register(store);
    const ids = Array.from({ length: 450 }, (_, index) => `e${index}`);
    const intake = createEventIntake(store);
    await Promise.all(ids.map((id) => intake.add([[newEvent({ id })]])));
    await publish(store, { id: 'there' });
    await lose(...ids);
    expect((await acceptAgain()).map(({ eventId }) => eventId)).toEqual(ids);
    expect((await deliveries(store)).map(({ eventId }) => eventId)).toEqual([...ids, 'there']);
  });

  test('what was refused, or undone, is not accepted by it', async () => {
    await register(store);
    await publish(store, { id: 'one' });
    const intake = createEventIntake(store);
    await Promise.all([
      intake.add([[newEvent({ id: 'x' }), newEvent({ id: 'one', data: '{"other":1}' })]]),
      intake.add([[newEvent({ id: 'y' })]]),
    ]);
    await store.write.run('alter table deliveries rename to gone');
    await expect(publish(store, { id: 'z' })).rejects.toThrow();
    await store.write.run('alter table gone rename to deliveries');
    expect(await acceptAgain()).toEqual([]);
    expect(store.lately!.look().events.map(({ event }) => event.id)).toEqual(['one', 'y']);
  });

  test('a try that fails says nothing and loses nothing; the next one does all of it', async () => {
    await register(store);
    await publish(store, { id: 'lost' });
    await lose('lost');
    const told: LostDelivery[] = [];
    const lost = createLostEvents(store, (some) => told.push(...some));
    await store.write.run('alter table deliveries rename to gone');
    await expect(lost.acceptAgain(store.lately!.look())).rejects.toThrow();
    expect(lost.left()).toHaveLength(1);
    expect(told).toEqual([]);
    await store.write.run('alter table gone rename to deliveries');
    await lost.acceptAgain({ events: [], records: [] });
    expect(told).toMatchObject([{ eventId: 'lost', outcome: 'pending' }]);
    expect(lost.left()).toEqual([]);
  });

  test('attempts of deliveries that the database knows nothing of are named', async () => {
    await register(store);
    await publish(store, { id: 'lost' });
    await publish(store, { id: 'there' });
    const [lost, there] = await deliveries(store);
    await lose('lost');
    const records = [attempt(lost!.id), attempt(there!.id)];
    const log = createAttemptLog(store);
    expect(await log.add(records)).toEqual(['unknown', 'recorded']);
    expect(await log.add(records)).toEqual(['unknown', 'recorded']);
    const unknown = await recordLost(store, store.lately!.look().records.slice(0, 2));
    expect(unknown.map(({ deliveryId }) => deliveryId)).toEqual([lost!.id]);
  });
});

describe('while PostgreSQL waits for a standby that is dead', () => {
  let database: TestDatabase;
  let store: Store;
  let admin: Client;

  beforeEach(async () => {
    database = await createDatabase('postgres');
    store = await database.open();
    const { databaseUrl } = database.location as { databaseUrl: string };
    admin = new Client({ connectionString: databaseUrl });
    await admin.connect();
  });
  afterEach(async () => {
    await setStandby('');
    await admin.end();
    await database.drop();
  });

  async function setStandby(name: string): Promise<void> {
    await admin.query(`alter system set synchronous_standby_names = '${name}'`);
    await admin.query('select pg_reload_conf()');
    for (;;) {
      const probe = await store.read.run('show synchronous_standby_names');
      if ((probe[0] as { synchronous_standby_names: string }).synchronous_standby_names === name)
        return;
    }
  }

  /** How many of our connections wait for it. */
  async function waiting(): Promise<number> {
    const { rows } = await admin.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event = 'SyncRep'",
    );
    return rows.length;
  }

  test('who repeats an event is not told that it is accepted before the standby has it', async () => {
    await register(store);
    await publish(store, { id: 'one', idempotencyKey: 'k' });
    await setStandby('dead');
    const outcome = { settled: false };
    const repeated = publish(store, { id: 'one', idempotencyKey: 'k' }).finally(
      () => (outcome.settled = true),
    );
    while ((await waiting()) === 0 && !outcome.settled);
    expect([await waiting(), outcome.settled]).toEqual([1, false]);
    await setStandby('');
    await expect(repeated).resolves.toMatchObject({ id: 'one', duplicate: true, deliveries: 1 });
  });
});
