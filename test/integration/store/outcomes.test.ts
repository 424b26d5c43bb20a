import {
  type Claim,
  claimOutcome,
  getDelivery,
  purgeLogs,
  reopenDelivery,
  replayDeliveries,
  reportOutcome,
  type Store,
} from '@careerhooks/store';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import {
  attempt,
  failedAttempt,
  HOUR,
  MINUTE,
  passTime,
  publishAll,
  record,
  register,
} from './fixtures';

describe.each(DATABASES)('outcomes on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let endpointId: string;
  let id: string;

  beforeEach(async () => {
    database = await createDatabase(name);
    store = await database.open();
    ({ id: endpointId } = await register(store));
    [id] = (await publishAll(store, ['a'])) as [string];
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await database.drop();
  });

  const claim = (claimant: string, more: Partial<Claim> = {}) =>
    claimOutcome(
      store,
      {},
      { deliveryId: id, claimant, leaseMs: 5 * MINUTE, takeOver: false, ...more },
    );
  const granted = async (claimant: string, more: Partial<Claim> = {}) =>
    (await claim(claimant, more))?.granted;
  const report = (claimant: string, outcome: 'done' | 'failed') =>
    reportOutcome(store, {}, { deliveryId: id, claimant, outcome });
  const outcome = async () => (await getDelivery(store, id))?.outcome;

  test('one claimant has it, as often as it asks, and nobody else', async () => {
    expect(await outcome()).toBeNull();
    expect(await granted('first', { attempt: 1 })).toBe(true);
    expect(await granted('second')).toBe(false);
    expect(await granted('first')).toBe(true);
    expect(await claim('second')).toMatchObject({
      granted: false,
      outcome: { status: 'in_progress', claimant: 'first' },
    });
  });

  test('of many that claim at the same moment, in several processes, one has it', async () => {
    const stores = [store, await database.open(), await database.open()];
    const claims = Array.from({ length: 30 }, (_, index) =>
      claimOutcome(
        stores[index % 3]!,
        {},
        { deliveryId: id, claimant: `c${index}`, leaseMs: MINUTE, takeOver: false },
      ),
    );
    const results = await Promise.all(claims);
    const winners = results.flatMap((result, index) => (result!.granted ? [`c${index}`] : []));
    expect(winners).toEqual([(await outcome())!.claimant]);
  });

  test('is free again when its lease has ended', async () => {
    await claim('first');
    passTime(5 * MINUTE - 1000);
    expect(await granted('second')).toBe(false);
    passTime(2000);
    expect(await granted('second')).toBe(true);
  });

  test('is free again when its claimant has failed, and not when another says so', async () => {
    await claim('first');
    expect(await report('second', 'failed')).toMatchObject({
      recorded: false,
      outcome: { status: 'in_progress', claimant: 'first' },
    });
    expect(await report('first', 'failed')).toMatchObject({ recorded: true });
    expect(await granted('second')).toBe(true);
  });

  test('done is done: for whoever claims it, for its own claimant, and for who says it failed', async () => {
    await claim('first');
    expect(await report('first', 'done')).toMatchObject({
      recorded: true,
      outcome: { status: 'done', leaseUntil: null },
    });
    expect(await granted('first')).toBe(false);
    expect(await granted('second', { takeOver: true })).toBe(false);
    expect(await report('second', 'failed')).toMatchObject({ recorded: false });
    expect(await outcome()).toMatchObject({ status: 'done', claimant: 'first' });
  });

  test('is done by who never claimed it, and by who lost it meanwhile', async () => {
    await claim('first');
    expect(await report('second', 'done')).toMatchObject({ recorded: true });
    expect(await outcome()).toMatchObject({ status: 'done', claimant: 'second' });
    expect(await report('first', 'done')).toMatchObject({ recorded: true });
  });

  describe('a later attempt', () => {
    const failsWith = (statusCode: number | null) =>
      record(store, failedAttempt(id, { statusCode }));

    test.each([500, 400, 429])(
      'has it at once where the receiver answered %i',
      async (statusCode) => {
        await claim('first', { attempt: 1 });
        await failsWith(statusCode);
        expect(await granted('second')).toBe(false);
        expect(await granted('second', { attempt: 1 })).toBe(false);
        expect(await granted('second', { attempt: 2 })).toBe(true);
      },
    );

    test.each([null, 502, 504, 524])(
      'waits where the first may still be at work: %p was the answer',
      async (statusCode) => {
        await claim('first', { attempt: 1 });
        await failsWith(statusCode);
        expect(await granted('second', { attempt: 2 })).toBe(false);
      },
    );

    test('waits for the first where only one in between was answered', async () => {
      await claim('first', { attempt: 1 });
      await record(store, failedAttempt(id, { statusCode: null }));
      await record(store, failedAttempt(id, { number: 2 }));
      expect(await granted('third', { attempt: 3 })).toBe(false);
    });

    test('waits for a person who has taken over', async () => {
      await claim('first', { attempt: 1 });
      expect(await granted('person', { attempt: 1, takeOver: true })).toBe(true);
      await failsWith(500);
      expect(await granted('second', { attempt: 2 })).toBe(false);
    });
  });

  describe('when it goes out again', () => {
    test.each([
      ['a retry', () => reopenDelivery(store, id)],
      [
        'a replay',
        () =>
          replayDeliveries(store, {
            endpointId,
            statuses: ['delivered', 'failed'],
            since: 0,
            until: Date.now() + HOUR,
          }),
      ],
    ])('%s of one that arrived is to be done again', async (_, again) => {
      await report('first', 'done');
      await record(store, attempt(id));
      await again();
      expect(await outcome()).toBeNull();
      expect(await granted('second')).toBe(true);
    });

    test('one that did not arrive, and is done, stays done', async () => {
      await report('first', 'done');
      await record(store, failedAttempt(id, { status: 'failed', nextAttemptAt: null }));
      expect(await reopenDelivery(store, id)).toBe(true);
      expect(await granted('second')).toBe(false);
    });

    test('what others have done stays so', async () => {
      await publishAll(store, ['b']);
      const [, other] = (await publishAll(store, ['c', 'd'])) as [string, string];
      await reportOutcome(store, {}, { deliveryId: other, claimant: 'x', outcome: 'done' });
      await record(store, attempt(other), attempt(id));
      await reopenDelivery(store, id);
      expect((await getDelivery(store, other))?.outcome).toMatchObject({ status: 'done' });
    });
  });

  test('is nothing to other tenants, and nothing where there is no such delivery', async () => {
    await claim('first');
    const other = { system: 'resumebuilder', user: 'u2' };
    const wanted = { deliveryId: id, claimant: 'theirs', leaseMs: MINUTE, takeOver: true };
    expect(await claimOutcome(store, other, wanted)).toBeUndefined();
    expect(await reportOutcome(store, other, { ...wanted, outcome: 'done' })).toBeUndefined();
    expect(await outcome()).toMatchObject({ status: 'in_progress', claimant: 'first' });
    expect(await claimOutcome(store, {}, { ...wanted, deliveryId: 'none' })).toBeUndefined();
  });

  test('goes with its event', async () => {
    await report('first', 'done');
    await record(store, attempt(id));
    expect(await purgeLogs(store, Date.now() + HOUR, 10)).toBe(1);
    expect(await store.read.run('select * from outcomes')).toEqual([]);
  });
});
