import {
  claimDeliveries,
  createEventIntake,
  deleteEndpoint,
  type FirstAttempts,
  getDelivery,
  getEvent,
  listBacklogs,
  listEvents,
  setEndpointStatus,
  type Store,
  StoreError,
} from '@careerhooks/store';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import { countCommits, deliveries, newEvent, publish, register } from './fixtures';

describe.each(DATABASES)('accepting events on %s', (name) => {
  let database: TestDatabase;
  let store: Store;

  beforeEach(async () => {
    database = await createDatabase(name);
    store = await database.open();
  });
  afterEach(() => database.drop());

  const events = async () => (await listEvents(store, {}, {}, { limit: 1000 })).data.reverse();

  describe('deliveries', () => {
    test.each([
      [['resume.created'], 1],
      [['resume.*'], 1],
      [['*'], 1],
      [['resume.deleted'], 0],
      [['resume'], 0],
      [['export.*'], 0],
      [['resume.*', '*', 'resume.created'], 1],
      [['resume.*', 'resume.*'], 1],
      [[], 0],
    ])('an endpoint for %j gets %d of a resume.created', async (patterns, expected) => {
      await register(store, { events: patterns });
      const accepted = await publish(store);
      expect(accepted).toMatchObject({ deliveries: expected, duplicate: false });
      expect(await deliveries(store)).toHaveLength(expected);
    });

    test('match every level of a longer type', async () => {
      await register(store, { events: ['resume.export.*'], url: 'https://a.example' });
      await register(store, { events: ['resume.*'], url: 'https://b.example' });
      await register(store, { events: ['export.*'], url: 'https://c.example' });
      expect(await publish(store, { type: 'resume.export.ready' })).toMatchObject({
        deliveries: 2,
      });
    });

    test('go to the user and to system-wide endpoints, to nobody else', async () => {
      const own = await register(store, { user: 'u1' });
      const wide = await register(store, { user: null });
      await register(store, { user: 'u2' });
      await register(store, { system: 'pathfinder', user: 'u1' });
      await register(store, { system: 'pathfinder', user: null });
      await publish(store);
      const got = await deliveries(store);
      expect(got.map(({ endpointId }) => endpointId).sort()).toEqual([own.id, wide.id].sort());
      expect(got[0]).toMatchObject({
        system: 'resumebuilder',
        user: 'u1',
        type: 'resume.created',
        status: 'pending',
        attempts: 0,
      });
      expect(got[0]!.expiresAt - got[0]!.createdAt).toBe(24 * 3600 * 1000);
    });

    test('are held for a paused or pending endpoint, and none is made for a disabled or deleted one', async () => {
      const paused = await register(store, { url: 'https://paused.example' });
      await setEndpointStatus(store, paused.id, { to: 'paused', from: ['active'] });
      const pending = await register(store, { url: 'https://pending.example', challenge: 'c' });
      const disabled = await register(store, { url: 'https://disabled.example' });
      await setEndpointStatus(store, disabled.id, { to: 'disabled', from: ['active'] });
      const deleted = await register(store, { url: 'https://deleted.example' });
      await deleteEndpoint(store, deleted.id);

      expect(await publish(store)).toMatchObject({ deliveries: 2 });
      const got = await deliveries(store);
      expect(got.map(({ endpointId, status }) => [endpointId, status]).sort()).toEqual(
        [
          [paused.id, 'held'],
          [pending.id, 'held'],
        ].sort(),
      );
    });

    test('sort in the order of their events', async () => {
      await register(store);
      const ids = Array.from({ length: 50 }, (_, index) => `event-${index}`);
      await createEventIntake(store).add([ids.map((id) => newEvent({ id }))]);
      expect((await deliveries(store)).map(({ eventId }) => eventId)).toEqual(ids);
    });
  });

  test('data comes back byte for byte', async () => {
    await register(store);
    const data =
      '{"z":1,"a":"é 😀 \\u0000 \\ud83d \\\\u0000 \\"\\/","big":12345678901234567890.10,"n":1e400, "10":"?", "2":[]}';
    const previousAttributes = '{"name":"\\u0000\\n"}';
    const { id } = await publish(store, { data, previousAttributes });
    expect(await getEvent(store, id, {})).toMatchObject({ data, previousAttributes });
  });

  test('text that PostgreSQL cannot hold does not fail the others of the transaction', async () => {
    const intake = createEventIntake(store);
    const outcomes = await Promise.all([
      intake.add([[newEvent({ id: 'nul-\u0000-lone-\ud800' })]]),
      intake.add([[newEvent({ id: 'plain' })]]),
    ]);
    expect(outcomes[1]).toMatchObject([[{ id: 'plain', duplicate: false }]]);
    expect((await events()).map(({ id }) => id)).toEqual(['nul-\ufffd-lone-\ufffd', 'plain']);
  });

  describe('group commit', () => {
    test('events that are published at once share transactions', async () => {
      await register(store);
      const intake = createEventIntake(store);
      const commits = countCommits(store);
      const outcomes = await Promise.all(
        Array.from({ length: 60 }, (_, index) => intake.add([[newEvent({ id: `e${index}` })]])),
      );
      expect(commits()).toBe(1);
      expect(outcomes.map((outcome) => (outcome[0] as { id: string }[])[0]!.id)).toEqual(
        Array.from({ length: 60 }, (_, index) => `e${index}`),
      );
      expect(await deliveries(store)).toHaveLength(60);
    });

    test('a transaction takes about a thousand events, however they are published', async () => {
      const intake = createEventIntake(store);
      const commits = countCommits(store);
      const many = Array.from({ length: 400 }, () => newEvent());
      await Promise.all([intake.add([many]), intake.add([many]), intake.add([many])]);
      expect(commits()).toBe(2);
    });

    test('a failure rejects all of its calls, keeps nothing, and the next ones go on', async () => {
      await register(store);
      const intake = createEventIntake(store);
      await store.write.run('alter table deliveries rename to gone');
      const failed = await Promise.allSettled([
        intake.add([[newEvent({ id: 'a' })]]),
        intake.add([[newEvent({ id: 'b' })]]),
      ]);
      expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      await store.write.run('alter table gone rename to deliveries');
      expect(await events()).toEqual([]);

      await intake.add([[newEvent({ id: 'a' })]]);
      expect((await deliveries(store)).map(({ eventId }) => eventId)).toEqual(['a']);
    });
  });

  describe('reserving first attempts', () => {
    /** Takes all that can go out; with what it was asked, and what became of it. */
    function firstAttempts() {
      const asked: string[][] = [];
      const went: string[] = [];
      const ended: string[] = [];
      const reserve: FirstAttempts['reserve'] = (all) => {
        asked.push(all.map(({ delivery }) => delivery.event.id));
        const taken = all.flatMap(({ delivery, throttled }) =>
          delivery.status === 'pending' && !throttled ? [delivery] : [],
        );
        const [first, ...others] = taken;
        const leaseUntil = Date.now() + 10_000;
        return {
          send: first === undefined ? [] : [{ ...first, burstId: null, leaseUntil }],
          hold: others,
          commit: () => {
            ended.push('commit');
            went.push(...(first === undefined ? [] : [first.event.id]));
          },
          cancel: () => ended.push('cancel'),
        };
      };
      return { firstAttempts: { reserve }, asked, went, ended };
    }

    test('what is reserved is born leased, what there is no slot for is held, with a backlog', async () => {
      await register(store);
      const { firstAttempts: to, went, ended } = firstAttempts();
      await createEventIntake(store, to).add([[newEvent({ id: 'a' }), newEvent({ id: 'b' })]]);
      expect(ended).toEqual(['commit']);
      expect(went).toEqual(['a']);
      const written = await deliveries(store);
      expect(written.map(({ eventId, status }) => [eventId, status])).toEqual([
        ['a', 'pending'],
        ['b', 'held'],
      ]);
      expect(await claimDeliveries(store, { limit: 9, leaseUntil: Date.now() + 1 })).toEqual([]);
      expect(await listBacklogs(store)).toHaveLength(1);
    });

    test('one transaction reserves once, and not for a publication that is refused', async () => {
      await publish(store, { id: 'one' });
      await register(store);
      const { firstAttempts: to, asked, went } = firstAttempts();
      const intake = createEventIntake(store, to);
      await Promise.all([
        intake.add([[newEvent({ id: 'x' }), newEvent({ id: 'one', data: '{"other":1}' })]]),
        intake.add([[newEvent({ id: 'x' }), newEvent({ id: 'y' })]]),
        intake.add([[newEvent({ id: 'z' })]]),
      ]);
      expect(asked).toHaveLength(1);
      expect(asked[0]).toEqual(expect.arrayContaining(['x', 'y', 'z']));
      expect(asked[0]).toHaveLength(3);
      expect(went).toHaveLength(1);
    });

    test('what is throttled is not to go out yet', async () => {
      await register(store);
      const { firstAttempts: to, went } = firstAttempts();
      const throttle = { key: 'job_1', windowMs: 10_000 };
      await createEventIntake(store, to).add([[newEvent({ id: 'a', throttle })]]);
      expect(went).toEqual([]);
      expect(await claimDeliveries(store, { limit: 9, leaseUntil: Date.now() + 1 })).toHaveLength(
        1,
      );
    });

    test('a transaction that does not come about cancels, and nothing goes out', async () => {
      await register(store);
      const { firstAttempts: to, went, ended } = firstAttempts();
      const intake = createEventIntake(store, to);
      await store.write.run('alter table deliveries rename to gone');
      const [failed] = await Promise.allSettled([intake.add([[newEvent({ id: 'a' })]])]);
      expect(failed.status).toBe('rejected');
      await store.write.run('alter table gone rename to deliveries');
      expect(ended).not.toContain('commit');
      expect(ended).toContain('cancel');
      expect(went).toEqual([]);
      await intake.add([[newEvent({ id: 'b' })]]);
      expect(went).toEqual(['b']);
    });
  });

  describe('idempotency', () => {
    const conflict = expect.objectContaining({ code: 'idempotency_conflict' }) as StoreError;

    test.each([
      ['id', { id: 'one' }],
      ['key', { idempotencyKey: 'one' }],
    ])('the same %s twice is one event', async (_, given) => {
      await register(store);
      const first = await publish(store, given);
      const second = await publish(store, given);
      expect(first).toMatchObject({ deliveries: 1, duplicate: false });
      expect(second).toEqual({ ...first, duplicate: true });
      expect(await deliveries(store)).toHaveLength(1);
    });

    test('a duplicate tells how many deliveries there were the first time', async () => {
      const first = await publish(store, { id: 'one' });
      await register(store);
      expect(first.deliveries).toBe(0);
      expect(await publish(store, { id: 'one' })).toMatchObject({ deliveries: 0 });
    });

    test.each([
      ['id', { id: 'one' }],
      ['key', { idempotencyKey: 'one' }],
    ])('many of the same %s at once, from several processes, are one event', async (_, given) => {
      await register(store);
      const others = await Promise.all([database.open(), database.open()]);
      const outcomes = await Promise.all(
        [store, ...others].flatMap((each) => {
          const intake = createEventIntake(each);
          return Array.from({ length: 10 }, () => intake.add([[newEvent(given)]]));
        }),
      );
      const accepted = outcomes.map(([outcome]) => (outcome as { id: string }[])[0]!);
      expect(new Set(accepted.map(({ id }) => id)).size).toBe(1);
      expect(accepted.filter((each) => 'duplicate' in each && !each.duplicate)).toHaveLength(1);
      expect(await deliveries(store)).toHaveLength(1);
    });

    test('processes that publish the same events in opposite order both succeed', async () => {
      const other = await database.open();
      const batch = Array.from({ length: 200 }, (_, index) => newEvent({ id: `e${index}` }));
      for (let round = 0; round < 3; round += 1) {
        const [ahead, back] = await Promise.all([
          createEventIntake(store).add([batch.map((e) => ({ ...e, user: `u${round}` }))]),
          createEventIntake(other).add([batch.map((e) => ({ ...e, user: `u${round}` })).reverse()]),
        ]);
        const fresh = [ahead, back]
          .flatMap(([outcome]) => outcome as { duplicate: boolean }[])
          .filter(({ duplicate }) => !duplicate);
        expect(fresh).toHaveLength(200);
      }
    });

    test('duplicates within one publication and one transaction', async () => {
      const intake = createEventIntake(store);
      const outcomes = await Promise.all([
        intake.add([[newEvent({ id: 'a' }), newEvent({ id: 'a' })]]),
        intake.add([[newEvent({ id: 'a' })]]),
      ]);
      expect(outcomes.flat(2)).toMatchObject([
        { id: 'a', duplicate: false },
        { id: 'a', duplicate: true },
        { id: 'a', duplicate: true },
      ]);
      expect(await events()).toHaveLength(1);
    });

    test.each([
      ['data', { data: '{"other":1}' }],
      ['type', { type: 'resume.updated' }],
      ['previous attributes', { previousAttributes: '{}' }],
    ])('other %s under a known id is a conflict', async (_, other) => {
      await register(store);
      await publish(store, { id: 'one' });
      const [outcome] = await createEventIntake(store).add([
        [newEvent({ id: 'fresh' }), newEvent({ id: 'one', ...other })],
      ]);
      expect(outcome).toBeInstanceOf(StoreError);
      expect(outcome).toEqual(conflict);
      expect((await events()).map(({ id }) => id)).toEqual(['one']);
      expect(await deliveries(store)).toHaveLength(1);
    });

    test('an event in another spelling is repeated, not in conflict, whichever came first', async () => {
      const first = await publish(store, { id: 'one', data: '{"n":1}', previousAttributes: '{}' });
      const compared = { data: '{"n":1}', previousAttributes: '{}' };
      const again = { id: 'one', data: '{"n":1.0}', previousAttributes: '{}', compared };
      expect(await publish(store, again)).toEqual({ ...first, duplicate: true });
      const other = { ...again, id: 'other' };
      await publish(store, other);
      expect(await publish(store, { ...other, data: '{"n":1e0}' })).toMatchObject({
        duplicate: true,
      });
      const both = { ...again, idempotencyKey: 'k' };
      await publish(store, { id: 'two', idempotencyKey: 'k', data: '{"other":1}' });
      await expect(publish(store, both)).rejects.toEqual(conflict);
      // What no form of JavaScript says was kept as something else.
      const longer = { id: 'one', data: '{"n":1.00000000000000000001}', previousAttributes: '{}' };
      await expect(publish(store, longer)).rejects.toEqual(conflict);
    });

    test('a conflict leaves the other publications of its transaction as they are', async () => {
      await publish(store, { id: 'one' });
      await register(store);
      const intake = createEventIntake(store);
      const [bad, good] = await Promise.all([
        intake.add([[newEvent({ id: 'x' }), newEvent({ id: 'one', data: '{"other":1}' })]]),
        intake.add([[newEvent({ id: 'y' })]]),
      ]);
      expect(bad).toEqual([conflict]);
      expect(good).toMatchObject([[{ id: 'y', deliveries: 1 }]]);
      expect((await events()).map(({ id }) => id)).toEqual(['one', 'y']);
    });

    test('who repeats an event of a publication that is refused is accepted all the same', async () => {
      await publish(store, { id: 'one' });
      await register(store);
      const intake = createEventIntake(store);
      const outcomes = await Promise.all([
        intake.add([[newEvent({ id: 'x' }), newEvent({ id: 'one', data: '{"other":1}' })]]),
        intake.add([[newEvent({ id: 'x' }), newEvent({ id: 'y' })]]),
        intake.add([[newEvent({ id: 'x', data: '{"third":1}' })]]),
        intake.add([[newEvent({ id: 'y' })]]),
      ]);
      expect(outcomes).toMatchObject([
        [conflict],
        [
          [
            { id: 'x', deliveries: 1, duplicate: false },
            { id: 'y', deliveries: 1, duplicate: false },
          ],
        ],
        [conflict],
        [[{ id: 'y', deliveries: 1, duplicate: true }]],
      ]);
      expect((await deliveries(store)).map(({ eventId }) => eventId)).toEqual(['x', 'y']);
    });

    test('an id and a key that lead to two events agree with both, or conflict', async () => {
      await publish(store, { id: 'a' });
      await publish(store, { id: 'b', idempotencyKey: 'k', data: '{"other":1}' });
      const both = { id: 'a', idempotencyKey: 'k' };
      await expect(publish(store, both)).rejects.toEqual(conflict);
      await expect(publish(store, { ...both, data: '{"other":1}' })).rejects.toEqual(conflict);
    });

    test('an id is unique for its system and user, not for all', async () => {
      await publish(store, { id: 'one', idempotencyKey: 'k' });
      for (const owner of [{ user: 'u2' }, { system: 'pathfinder' }]) {
        const other = { id: 'one', idempotencyKey: 'k', data: '{"other":1}', ...owner };
        expect(await publish(store, other)).toMatchObject({ id: 'one', duplicate: false });
      }
      const scope = { system: 'resumebuilder', user: 'u2' };
      expect(await getEvent(store, 'one', scope)).toMatchObject({ user: 'u2' });
    });

    test('an event without an id gets one', async () => {
      const [first, second] = [await publish(store), await publish(store)];
      expect(first.id).toMatch(/^evt_[0-9a-f]{32}$/);
      expect(second.id).not.toBe(first.id);
    });
  });

  test('deliveries are found with their event', async () => {
    await register(store);
    const { id } = await publish(store);
    const [delivery] = await deliveries(store);
    expect(await getDelivery(store, delivery!.id)).toMatchObject({ eventId: id, attemptLog: [] });
  });
});
