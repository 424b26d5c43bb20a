import {
  claimDeliveries,
  claimVerifications,
  createEventIntake,
  deliveryStats,
  endBacklog,
  findKey,
  getEvent,
  listDeliveries,
  listEvents,
  listBacklogs,
  loadDelivery,
  pullHeld,
  purgeLogs,
  setEndpointStatus,
  type Store,
  sweepDeliveries,
} from '@careerhooks/store';
import { createCommitter } from '../../../store/src/committer';
import type { Database, Sql } from '../../../store/src/databases/database';
import { rowsOf } from '../../../store/src/sql';
import { createDatabase, type TestDatabase } from '../../support/databases';
import { attempt, newEvent, publishAll, record, register } from './fixtures';

type Work = (store: Store) => Promise<unknown>;

const page = { limit: 20 };
const claim = { limit: 20, leaseUntil: 0 };

// Without statistics, as a database is that was never analysed.
describe('query plans on SQLite', () => {
  let database: TestDatabase;
  let store: Store;
  let endpointId: string;
  let deliveryId: string;

  beforeAll(async () => {
    database = await createDatabase('sqlite');
    store = await database.open();
    endpointId = (await register(store)).id;
    [deliveryId] = (await publishAll(store, ['first'])) as [string];
  });
  afterAll(() => database.drop());

  /** The plan of each statement that `work` runs. */
  async function plansOf(work: Work): Promise<string[]> {
    const statements: Parameters<Sql['run']>[] = [];
    const noted = (on: Sql): Sql => ({
      isTransaction: on.isTransaction,
      run(...statement) {
        statements.push(statement);
        return on.run(...statement);
      },
    });
    const notedToo = (database: Database): Database => ({
      ...database,
      ...noted(database),
      transaction: (within) => database.transaction((on) => within(noted(on))),
    });
    const { read, write } = store;
    await work({
      ...store,
      read: notedToo(read),
      write: notedToo(write),
      committer: createCommitter((within) => notedToo(write).transaction(within)),
    });
    return Promise.all(
      statements.map(async ([sql, bindings]) => {
        const steps = await rowsOf<{ detail: string }>(read, `explain query plan ${sql}`, bindings);
        return steps.map(({ detail }) => detail).join('\n');
      }),
    );
  }

  const owner = { system: 'resumebuilder', user: 'u1' };
  const system = { system: 'resumebuilder' };
  const event = newEvent({ id: 'a', idempotencyKey: 'k' });

  test.each<[string, Work, string[]]>([
    [
      'accepting events',
      (on) => createEventIntake(on).add([[event]]),
      ['s USING INDEX subscriptions_pattern (system=? AND pattern=?)', 'ep USING INDEX'],
    ],
    [
      'finding what was accepted before',
      (on) => createEventIntake(on).add([[event]]),
      [
        'e USING INDEX events_id (id=? AND system=? AND user_id=?)',
        'e USING INDEX events_idempotency_key (system=? AND user_id=? AND idempotency_key=?)',
        'd USING COVERING INDEX deliveries_event',
      ],
    ],
    [
      'accepting events that are throttled',
      (on) =>
        createEventIntake(on).add([[newEvent({ throttle: { key: 'job_1', windowMs: 10_000 } })]]),
      ['d USING INDEX deliveries_throttle (throttle_key=?)'],
    ],
    [
      'claiming deliveries',
      (on) => claimDeliveries(on, claim),
      ['d USING INDEX deliveries_lease (lease_until<?)'],
    ],
    [
      'claiming verifications',
      (on) => claimVerifications(on, claim),
      ['endpoints USING INDEX endpoints_verification_lease'],
    ],
    ['recording attempts', (on) => record(on, attempt('x')), ['deliveries USING INDEX']],
    [
      'loading a delivery',
      (on) => loadDelivery(on, deliveryId),
      ['k USING INDEX endpoint_keys_endpoint'],
    ],
    [
      'pausing an endpoint',
      (on) => setEndpointStatus(on, endpointId, { to: 'paused', from: ['active'] }),
      ['deliveries USING INDEX deliveries_unfinished'],
    ],
    [
      'pulling from its backlog',
      (on) => pullHeld(on, { ...claim, endpointId, ordered: true }),
      [
        'd USING INDEX deliveries_held (endpoint_id=?)',
        'before USING INDEX deliveries_unfinished (endpoint_id=? AND is_test=?)',
      ],
    ],
    [
      'finding backlogs',
      (on) => listBacklogs(on),
      [
        'endpoints USING INDEX endpoints_backlog',
        'd USING COVERING INDEX deliveries_held (endpoint_id=?)',
      ],
    ],
    [
      'ending a backlog',
      (on) => endBacklog(on, endpointId),
      ['d USING COVERING INDEX deliveries_held (endpoint_id=?)'],
    ],
    [
      'disabling it',
      (on) => setEndpointStatus(on, endpointId, { to: 'disabled', from: ['paused'] }),
      ['deliveries USING INDEX deliveries_unfinished'],
    ],
    [
      'sweeping',
      (on) => sweepDeliveries(on),
      ['USING INDEX deliveries_expiry', 'd USING COVERING INDEX deliveries_held'],
    ],
    ['purging', (on) => purgeLogs(on, 1, 1), ['USING INDEX events_created_at']],
    ['finding a key', (on) => findKey(on, 'x'), ['(token_hash=?)']],
    ['finding an event', (on) => getEvent(on, 'x', {}), ['USING INDEX events_id (id=?)']],
  ])('%s', async (_, work, steps) => {
    const plan = (await plansOf(work)).join('\n');
    for (const step of steps) expect(plan).toContain(step);
    expect(plan).not.toMatch(/^SCAN (?!json_each|CONSTANT ROW|r$|due|oldest|endpoints)/m);
  });

  test.each<[string, Work, string]>([
    ['by endpoint', (on) => listDeliveries(on, {}, { endpoint: 'x' }, page), 'deliveries_endpoint'],
    [
      'by endpoint in a system',
      (on) => listDeliveries(on, system, { endpoint: 'x', status: 'failed' }, page),
      'deliveries_endpoint',
    ],
    [
      'by endpoint of a user',
      (on) => listDeliveries(on, owner, { endpoint: 'x' }, page),
      'deliveries_owner (system=? AND user_id=?)',
    ],
    ['in a system', (on) => listDeliveries(on, system, {}, page), 'deliveries_system (system=?)'],
    [
      'of a user, from a cursor on',
      (on) => listDeliveries(on, owner, {}, { ...page, cursor: 'x' }),
      'deliveries_owner (system=? AND user_id=? AND id<?)',
    ],
    [
      'within a span of time',
      (on) => listDeliveries(on, {}, { since: 1, until: 2 }, page),
      'sqlite_autoindex_deliveries_1 (id<?)',
    ],
    [
      'of a user within a span of time',
      (on) => listDeliveries(on, owner, { since: 1, until: 2 }, page),
      'deliveries_owner (system=? AND user_id=? AND id<?)',
    ],
    ['events in a system', (on) => listEvents(on, system, {}, page), 'events_system (system=?)'],
    [
      'events of a user',
      (on) => listEvents(on, owner, {}, { ...page, cursor: 'x' }),
      'events_owner (system=? AND user_id=? AND key<?)',
    ],
  ])('lists %s read no more than their page', async (_, work, index) => {
    const [plan] = await plansOf(work);
    expect(plan).toContain(`USING INDEX ${index}`);
    expect(plan).not.toContain('TEMP B-TREE');
  });

  test.each<[object, string]>([
    [{}, 'sqlite_autoindex_deliveries_1 (id>?)'],
    [system, 'deliveries_system (system=? AND id>?)'],
    [owner, 'deliveries_owner (system=? AND user_id=? AND id>?)'],
  ])('counts of scope %j read no more than their time', async (scope, index) => {
    const [plan] = await plansOf((on) => deliveryStats(on, scope, { since: 1 }));
    expect(plan).toContain(`d USING INDEX ${index}`);
  });

  test.each([{}, system, owner])(
    'lists by event find the event first (scope %j)',
    async (scope) => {
      const [plan] = await plansOf((on) => listDeliveries(on, scope, { event: 'x' }, page));
      expect(plan).toMatch(/^SEARCH e USING INDEX events_id \(id=\?.*\n.*deliveries_event/);
    },
  );
});
