import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { describeWith } from '../interop/support/describe-with';
import { tell } from '../support/publishing';
import {
  type Instances,
  pairDatabases,
  type PairDatabases,
  startInstances,
} from './support/ground';
import { observe, type Outcome } from './support/observe';
import { SUPERUSER } from './support/postgres-node';
import type { PairNode } from './support/postgres-pair';

/** How long a lock and a dead standby last, in milliseconds. */
const FAULT_MS = 8_000;
/** docs/production.md: 10 for each server, 11 for each worker. */
const CONNECTIONS = 10 + 10 + 11;

let databases: PairDatabases;
let instances: Instances;
let primary: PairNode;
let standby: PairNode;

/** Fails over while something is published, and tells what it came to. */
async function under(name: string, happen: () => Promise<void>): Promise<Outcome> {
  const outcome = await observe(databases, instances, happen);
  tell(
    `${name}: ${outcome.accepted} accepted, ${outcome.lost.length} lost, ${outcome.twice} twice; ` +
      `refused ${JSON.stringify(outcome.refusals)}; ${outcome.withoutMs} ms without a 202; ` +
      `${outcome.refusedWhileReady} refused while ready, for ${outcome.untrueMs} ms; ` +
      `at most ${outcome.connections} connections`,
  );
  return outcome;
}

/** What must hold, whatever happens to a database that answers for what it has committed. */
function expectTruth(outcome: Outcome): void {
  expect(outcome.accepted).toBeGreaterThan(0);
  expect(outcome.lost).toEqual([]);
  const codes = new Set(outcome.refusals.map(([what]) => what));
  expect([...codes].filter((what) => what !== '503 database_unavailable')).toEqual([]);
  // A second, by looking ten times in it on a machine that has more to do.
  expect(outcome.untrueMs).toBeLessThan(1_500);
  expect(outcome.connections).toBeLessThanOrEqual(CONNECTIONS);
}

/** The other takes over; what was the primary follows it. */
async function exchangeRoles(): Promise<void> {
  await standby.waitForStandby(false);
  await standby.promote();
  [primary, standby] = [standby, primary];
}

describeWith(
  ['pg_basebackup', 'haproxy'],
  'a PostgreSQL of primary and synchronous standby',
  () => {
    beforeAll(async () => {
      databases = await pairDatabases({ synchronous: true });
      ({ primary, standby } = databases.pair);
      instances = await startInstances(databases.url);
    });

    afterAll(async () => {
      await instances.stop();
      await databases.stop();
    });

    beforeEach(async () => {
      if (!(await databases.pair.isFollowing(standby, primary))) {
        await databases.pair.follow(standby, primary);
      }
      await primary.waitForStandby(true);
    });

    it('loses nothing and answers 503 when its primary is killed', async () => {
      const outcome = await under('primary killed', async () => {
        primary.signal('SIGKILL');
        await exchangeRoles();
      });
      expectTruth(outcome);
    });

    it('loses nothing and answers 503 at a planned switch', async () => {
      const outcome = await under('planned switch', async () => {
        await primary.stop('fast');
        await exchangeRoles();
      });
      expectTruth(outcome);
    });

    it('is not ready while a lock keeps it from accepting, and gathers no connections', async () => {
      const outcome = await under('events and deliveries locked', async () => {
        const client = new Client({
          ...SUPERUSER,
          host: '127.0.0.1',
          port: primary.port,
          database: 'careerhooks',
        });
        await client.connect();
        await client.query('begin; lock table events, deliveries in access exclusive mode');
        await sleep(FAULT_MS);
        await client.end();
      });
      expectTruth(outcome);
    });

    it('is not ready while its commits wait for a dead standby', async () => {
      const outcome = await under('strictly synchronous standby dead', async () => {
        standby.signal('SIGKILL');
        await sleep(FAULT_MS);
        await standby.start();
      });
      expectTruth(outcome);
    });
  },
);
