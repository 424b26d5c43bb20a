import { setTimeout as sleep } from 'node:timers/promises';
import {
  createEventIntake,
  createKey,
  type EventIntake,
  findKey,
  notifyDispatchers,
  type Store,
} from '@careerhooks/store';
import { Client } from 'pg';
import { inTransaction, rowsOf } from '../../../store/src/sql';
import { controlPostgres, createDatabase, type TestDatabase } from '../../support/databases';
import { waitUntil } from '../../support/wait-until';
import { newEvent } from './fixtures';

/** A refusal says so within 3 s; what a busy machine adds comes on top. */
const SOON_MS = 4_000;
/** Of a server, as docs/production.md says. */
const MOST_CONNECTIONS = 10;

// A server of somebody else's must not be set up anew, and cannot be stopped.
const ours = process.env.TEST_DATABASE_URL === undefined ? describe : describe.skip;

ours('a PostgreSQL that takes nothing', () => {
  let database: TestDatabase;
  let store: Store;
  let intake: EventIntake;
  let admin: Client;
  let count = 0;

  beforeAll(async () => {
    database = await createDatabase('postgres');
    store = await database.open();
    intake = createEventIntake(store);
    admin = await connect();
  });
  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  async function connect(): Promise<Client> {
    const client = new Client({
      connectionString: (database.location as { databaseUrl: string }).databaseUrl,
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  const accept = (id = `event_${(count += 1)}`): Promise<unknown> =>
    intake.add([[newEvent({ id })]]);
  const makeKey = (): Promise<unknown> =>
    createKey(store, { system: 'roleready', user: null, scopes: ['publish'] });
  const read = (): Promise<unknown> => findKey(store, 'chk_none');

  async function connections(): Promise<number> {
    const { rows } = await admin.query<{ count: string }>(
      "select count(*) from pg_stat_activity where application_name = 'careerhooks'",
    );
    return Number(rows[0]?.count);
  }

  /** Resolves once no backend works on a statement that begins so. */
  async function nobodyRuns(beginning: string): Promise<void> {
    const running = async (): Promise<number> => {
      const { rows } = await admin.query(
        "select from pg_stat_activity where starts_with(query, $1) and state = 'active'",
        [beginning],
      );
      return rows.length;
    };
    await waitUntil(running, (left) => left === 0);
  }

  /** What it was refused with, which must be soon. */
  async function refusal(work: () => Promise<unknown>): Promise<unknown> {
    const askedAt = performance.now();
    const error = await work().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'database_unavailable' });
    expect(performance.now() - askedAt).toBeLessThan(SOON_MS);
    return error;
  }

  async function waitForStandby(name: string): Promise<void> {
    await admin.query('set synchronous_commit = local');
    await admin.query(`alter system set synchronous_standby_names = '${name}'`);
    await admin.query('select pg_reload_conf()');
    const shown = () =>
      connect().then(async (client) => {
        const { rows } = await client.query<Record<string, string>>(
          'show synchronous_standby_names',
        );
        await client.end();
        return Object.values(rows[0] ?? {})[0];
      });
    await waitUntil(shown, (value) => value === name);
    // Each server process reads its settings between two statements.
    await sleep(300);
  }

  it('refuses soon while a lock is held, tells that it is one, and accepts when it is gone', async () => {
    const locker = await connect();
    await locker.query('begin; lock table events in access exclusive mode');
    for (let round = 0; round < 2; round += 1) {
      const refusals = await Promise.all([refusal(accept), refusal(() => accept())]);
      for (const error of refusals) {
        expect(error).toMatchObject({ outage: 'locked', cause: { code: '55P03' } });
      }
      expect(await connections()).toBeLessThanOrEqual(MOST_CONNECTIONS);
    }
    await read();
    await locker.query('rollback');
    await locker.end();
    await accept();
  });

  it('refuses soon while its standby is dead, reads on, and keeps its connections bounded', async () => {
    await waitForStandby('nobody');
    const until = performance.now() + 15_000;
    let refused = 0;
    while (performance.now() < until) {
      const outcomes = await Promise.all([refusal(accept), refusal(makeKey), read()]);
      expect(outcomes[0]).toMatchObject({ outage: 'hangs' });
      refused += 1;
      expect(await connections()).toBeLessThanOrEqual(MOST_CONNECTIONS);
      await sleep(200);
    }
    // Those that came later were told at once.
    expect(refused).toBeGreaterThan(10);
    await waitForStandby('');
    await waitUntil(
      () =>
        accept().then(
          () => true,
          () => false,
        ),
      (accepted) => accepted,
    );
    await makeKey();
  }, 60_000);

  it('accepts what was refused once, when it is published again', async () => {
    await waitForStandby('nobody');
    await refusal(() => accept('again'));
    await waitForStandby('');
    await waitUntil(
      () =>
        accept('again').then(
          () => true,
          () => false,
        ),
      (accepted) => accepted,
    );
    const rows = await rowsOf(store.read, "select id from events where id = 'again'");
    expect(rows).toHaveLength(1);
  }, 60_000);

  it('tells the first error of a transaction, and not what became of its rollback', async () => {
    const failed = inTransaction(store, async (on) => {
      await on.run('select pg_terminate_backend(pg_backend_pid())');
    });
    await expect(failed).rejects.toMatchObject({
      outage: 'away',
      message: expect.stringContaining('57P01') as string,
    });
    await accept();
  });

  it('tells read-only and timed-out statements apart', async () => {
    const readOnly = inTransaction(store, async (on) => {
      await on.run('set transaction read only');
      await on.run('create table no (id int)');
    });
    await expect(readOnly).rejects.toMatchObject({ outage: 'read_only' });
    const slow = inTransaction(store, async (on) => {
      await on.run("set local statement_timeout = '100ms'");
      await on.run('select pg_sleep(5)');
    });
    await expect(slow).rejects.toMatchObject({ outage: 'hangs', cause: { code: '57014' } });
  });

  it('ends a statement of a transaction that takes too long, on the server, too', async () => {
    const slow = store.write.transaction((on) => on.run('select pg_sleep(60)'), {
      withinMs: 1_000,
    });
    await expect(slow).rejects.toMatchObject({ outage: 'hangs' });
    await nobodyRuns('select pg_sleep(60)');
    await accept();
  });

  it('writes on while others read for long, and ends what takes too long on the server, too', async () => {
    const slow = (): Promise<unknown> =>
      rowsOf(store.read, 'select pg_sleep(30)', [], { withinMs: 1_000 });
    const reads = Promise.all([refusal(slow), refusal(slow), refusal(slow), refusal(slow)]);
    for (let round = 0; round < 5; round += 1) await accept();
    for (const error of await reads) expect(error).toMatchObject({ outage: 'hangs' });
    await nobodyRuns('select pg_sleep(30)');
    await accept();
    await read();
  });

  it('gives up at once while it is stopped, and goes on by itself', async () => {
    await controlPostgres('kill');
    expect(await refusal(accept)).toMatchObject({ outage: 'away' });
    await refusal(read);
    await refusal(() => notifyDispatchers(store, 'cv'));
    await controlPostgres('start');
    await accept();
  });
});
