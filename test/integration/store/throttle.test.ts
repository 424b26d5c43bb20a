import {
  createEventIntake,
  expireDelivery,
  getEvent,
  listEvents,
  setEndpointStatus,
  type Store,
} from '@careerhooks/store';
import { operationalEvents } from '@careerhooks/systems';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import { attempt, claim, deliveries, newEvent, publish, record, register } from './fixtures';

const WINDOW_MS = 10_000;
const throttle = (job: string) => ({ key: job, windowMs: WINDOW_MS });

describe.each(DATABASES)('on %s', (name) => {
  let database: TestDatabase;
  let store: Store;

  beforeEach(async () => {
    database = await createDatabase(name);
    store = await database.open();
  });
  afterEach(() => database.drop());

  const progress = (id: string, job = 'job_1') =>
    publish(store, { id, type: 'job.progress', throttle: throttle(job) });
  const statuses = async () =>
    Object.fromEntries((await deliveries(store)).map((row) => [row.eventId, row.status]));
  const due = async (id: string) => {
    const found = (await deliveries(store)).find(({ eventId }) => eventId === id);
    return (found?.nextAttemptAt ?? 0) - (found?.createdAt ?? 0);
  };

  describe('the throttle', () => {
    test('lets the first go at once and the next when its window is over', async () => {
      await register(store);
      await progress('p1');
      await progress('p2');
      expect(await due('p1')).toBe(0);
      expect(await due('p2')).toBeGreaterThan(WINDOW_MS - 2_000);
      expect(await due('p2')).toBeLessThanOrEqual(WINDOW_MS);
      expect(await claim(store)).toHaveLength(1);
    });

    test('lets a newer one supersede the one that waits, in its slot', async () => {
      await register(store);
      await progress('p1');
      await progress('p2');
      const slot = (await deliveries(store))[1]!.nextAttemptAt;
      await progress('p3');
      expect(await statuses()).toEqual({ p1: 'pending', p2: 'cancelled', p3: 'pending' });
      const [, superseded, newest] = await deliveries(store);
      expect(superseded).toMatchObject({ lastErrorCode: 'superseded', nextAttemptAt: null });
      expect(newest!.nextAttemptAt).toBe(slot);
    });

    test('works within one publication and across those that share a transaction', async () => {
      await register(store);
      const event = (id: string) =>
        newEvent({ id, type: 'job.progress', throttle: throttle('job_1') });
      const intake = createEventIntake(store);
      await Promise.all([
        intake.add([[event('p1'), event('p2'), event('p3')]]),
        intake.add([[event('p4')]]),
      ]);
      expect(await statuses()).toEqual({
        p1: 'pending',
        p2: 'cancelled',
        p3: 'cancelled',
        p4: 'pending',
      });
      expect(await claim(store)).toHaveLength(1);
    });

    test('counts the window from when the first went out', async () => {
      await register(store);
      await progress('p1');
      const [first] = await claim(store);
      await record(store, attempt(first!, { startedAt: Date.now() - 6_000 }));
      await progress('p2');
      expect(await due('p2')).toBeGreaterThan(2_000);
      expect(await due('p2')).toBeLessThanOrEqual(4_000);
    });

    test('lets one go at once when the window is over', async () => {
      await register(store);
      await progress('p1');
      const [first] = await claim(store);
      await record(store, attempt(first!, { startedAt: Date.now() - WINDOW_MS - 1 }));
      await progress('p2');
      expect(await due('p2')).toBe(0);
    });

    test('knows each job, each endpoint and each user for itself', async () => {
      await register(store);
      await register(store, { url: 'https://other.example/hook' });
      await progress('p1');
      await progress('q1', 'job_2');
      await publish(store, {
        id: 'r1',
        user: 'u2',
        type: 'job.progress',
        throttle: throttle('job_1'),
      });
      expect(await claim(store)).toHaveLength(6);
    });

    test('is the same for several processes that accept at once', async () => {
      await register(store);
      const others = await Promise.all(Array.from({ length: 3 }, () => database.open()));
      await Promise.all(
        [store, ...others].map((on, index) =>
          publish(on, { id: `p${index}`, type: 'job.progress', throttle: throttle('job_1') }),
        ),
      );
      const found = Object.values(await statuses());
      expect(found.filter((status) => status === 'cancelled')).toHaveLength(2);
      expect(await claim(store)).toHaveLength(1);
    });

    test('a terminal event lets what waits go first, and is claimed after its attempt', async () => {
      await register(store);
      await progress('p1');
      const [first] = await claim(store);
      await record(store, attempt(first!));
      await progress('p2');
      await publish(store, { id: 'end', type: 'job.completed', flushes: { key: 'job_1' } });
      const claimed = await claim(store);
      const [, second, last] = await deliveries(store);
      expect(claimed).toEqual([second!.id]);
      await record(store, attempt(second!.id, { status: 'failed', statusCode: 500 }));
      expect(await claim(store)).toEqual([last!.id]);
    });

    test('a terminal event of another job, or with nothing waiting, changes nothing', async () => {
      await register(store);
      await progress('p1');
      await progress('p2');
      await publish(store, { id: 'other', type: 'job.failed', flushes: { key: 'job_2' } });
      expect(await claim(store)).toHaveLength(2);
      expect(await due('p2')).toBeGreaterThan(0);
    });

    test('keeps only the newest for an endpoint that is held', async () => {
      const endpoint = await register(store);
      await setEndpointStatus(store, endpoint.id, { to: 'paused', from: ['active'] });
      for (const id of ['p1', 'p2', 'p3']) await progress(id);
      expect(await statuses()).toEqual({ p1: 'cancelled', p2: 'cancelled', p3: 'held' });
    });

    test('leaves a conflicting publication without a trace', async () => {
      await register(store);
      await progress('p1');
      await progress('p2');
      const event = newEvent({ id: 'p3', type: 'job.progress', throttle: throttle('job_1') });
      await createEventIntake(store).add([[event, newEvent({ id: 'p1', data: '{"other":1}' })]]);
      expect(await statuses()).toEqual({ p1: 'pending', p2: 'pending' });
    });
  });

  describe('a critical event whose delivery is lost', () => {
    const critical = { type: 'user.deleted', critical: true };

    test('makes an event that says so, once, for the same user, in the form of the catalogue', async () => {
      const endpoint = await register(store, { events: ['user.deleted', 'delivery.failed'] });
      await publish(store, { ...critical, id: 'e1' });
      const [id] = await claim(store);
      const failure = attempt(id!, {
        status: 'failed',
        statusCode: 500,
        errorCode: 'http_500',
      });
      await record(store, failure);
      await record(store, failure);
      const { data } = await listEvents(store, {}, { type: 'delivery.failed' }, { limit: 9 });
      expect(data).toHaveLength(1);
      expect(data[0]).toMatchObject({ system: 'resumebuilder', user: 'u1' });
      const said = JSON.parse(data[0]!.data) as unknown;
      expect(operationalEvents['delivery.failed'].schema.parse(said)).toEqual({
        delivery_id: id,
        event_id: 'e1',
        event_type: 'user.deleted',
        endpoint_id: endpoint.id,
        attempts: 1,
        last_status_code: 500,
        last_error_code: 'http_500',
        failed_at: expect.any(String),
      });
      // The alert itself is delivered, and its failure makes no other.
      const [alert] = await claim(store);
      await record(store, { ...failure, deliveryId: alert! });
      const all = await listEvents(store, {}, { type: 'delivery.failed' }, { limit: 9 });
      expect(all.data).toHaveLength(1);
    });

    test('makes one when it expires', async () => {
      await register(store);
      await publish(store, { ...critical, id: 'e1' });
      const [delivery] = await deliveries(store);
      await store.write.run('update deliveries set expires_at = 1');
      expect(await expireDelivery(store, delivery!.id)).toBe(true);
      const { data } = await listEvents(store, {}, { type: 'delivery.failed' }, { limit: 9 });
      expect(data).toHaveLength(1);
      expect(await getEvent(store, data[0]!.id, { user: 'u1' })).toBeDefined();
    });

    test('makes none while it may still be delivered, nor for other events, nor for "*"', async () => {
      await register(store);
      await publish(store, { ...critical, id: 'e1' });
      await publish(store, { id: 'e2' });
      const [first, second] = await claim(store);
      await record(store, attempt(first!, { status: 'retrying', nextAttemptAt: Date.now() }));
      await record(store, attempt(second!, { status: 'failed', statusCode: 500 }));
      const before = await listEvents(store, {}, { type: 'delivery.failed' }, { limit: 9 });
      expect(before.data).toHaveLength(0);
      await record(store, attempt(first!, { number: 2, status: 'failed', statusCode: 500 }));
      const after = await listEvents(store, {}, { type: 'delivery.failed' }, { limit: 9 });
      expect(after.data).toHaveLength(1);
      expect(await deliveries(store)).toHaveLength(2);
    });
  });
});
