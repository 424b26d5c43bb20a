import { setTimeout as sleep } from 'node:timers/promises';
import { createEventIntake, DatabaseUnavailable, type Store } from '@careerhooks/store';
import { Client } from 'pg';
import { createCommitter } from '../../../store/src/committer';
import { inTransaction } from '../../../store/src/sql';
import { createDatabase, type TestDatabase } from '../../support/databases';
import { newEvent } from './fixtures';

let database: TestDatabase;
let store: Store;
let locker: Client;

/** When a transaction is given up, in milliseconds. */
const DEADLINE_MS = 3_000;

describe('accepting while PostgreSQL does not get to it', () => {
  beforeAll(async () => {
    database = await createDatabase('postgres');
    const opened = await database.open();
    store = {
      ...opened,
      committer: createCommitter((work) =>
        Promise.race([
          inTransaction(opened, work),
          sleep(DEADLINE_MS, undefined, { ref: false }).then(() => {
            throw new DatabaseUnavailable('hangs', 'PostgreSQL has not answered in time.');
          }),
        ]),
      ),
    };
    const { databaseUrl } = database.location as { databaseUrl: string };
    locker = new Client({ connectionString: databaseUrl });
    await locker.connect();
  });

  afterAll(async () => {
    await locker.end();
    await database.drop();
  });

  it('refuses what comes while the events are locked after as long as one transaction may take, not two', async () => {
    const intake = createEventIntake(store);
    await locker.query('begin');
    await locker.query('lock table events in access exclusive mode');
    const outcomes: Promise<{ error: unknown; tookMs: number }>[] = [];
    for (let count = 0; count < 50; count += 1) {
      const since = performance.now();
      outcomes.push(
        intake.add([[newEvent()]]).then(
          () => ({ error: undefined, tookMs: performance.now() - since }),
          (error: unknown) => ({ error, tookMs: performance.now() - since }),
        ),
      );
      await sleep(50);
    }
    const refused = await Promise.all(outcomes);
    for (const { error } of refused) expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(Math.max(...refused.map(({ tookMs }) => tookMs))).toBeLessThan(DEADLINE_MS + 500);

    await locker.query('rollback');
    await expect(intake.add([[newEvent()]])).resolves.toHaveLength(1);
  });
});
