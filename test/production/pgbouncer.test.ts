import { Client } from 'pg';
import { describeWith } from '../interop/support/describe-with';
import { type Cluster, createCluster, type WorkerProcess } from '../support/cluster';
import type { CareerHooksProcess } from '../support/process';
import { startTestReceiver, type TestReceiver } from '../support/receiver';
import { waitUntil } from '../support/wait-until';
import { event, register, tell, timesReceived } from '../support/publishing';
import { type Pgbouncer, startPgbouncer } from './support/pgbouncer';

const EVENTS = 20;

const WAYS = [
  { poolMode: 'session', direct: false, hears: true },
  { poolMode: 'transaction', direct: false, hears: false },
  { poolMode: 'transaction', direct: true, hears: true },
] as const;

describeWith(['pgbouncer'], 'behind a stock PgBouncer', () => {
  describe.each(WAYS)('in $poolMode mode, direct URL: $direct', behindPgbouncer);
});

function behindPgbouncer(way: (typeof WAYS)[number]): void {
  let cluster: Cluster;
  let pooler: Pgbouncer;
  let receiver: TestReceiver;
  let server: CareerHooksProcess;
  let worker: WorkerProcess;

  beforeAll(async () => {
    cluster = await createCluster();
    const database = new URL(cluster.settings.DATABASE_URL ?? '');
    pooler = await startPgbouncer({
      databasePort: Number(database.port),
      poolMode: way.poolMode,
      user: database.username,
      password: database.password,
    });
    if (way.direct) cluster.settings.DATABASE_DIRECT_URL = database.href;
    const pooled = new URL(database.href);
    pooled.port = String(pooler.port);
    cluster.settings.DATABASE_URL = pooled.href;
    receiver = await startTestReceiver();
    server = await cluster.startServer();
    worker = await cluster.startWorker();
    await register(server.call, receiver.url);
  }, 120_000);

  afterAll(async () => {
    await server.end('SIGTERM');
    await worker.end('SIGTERM');
    await receiver.stop();
    await pooler.kill();
    await cluster.stop();
  });

  it('servers and workers start, and events are accepted and delivered', async () => {
    const tookMs: number[] = [];
    for (let index = 0; index < EVENTS; index += 1) {
      const { status } = await server.call('POST', '/v1/events', event(`event_${index}`));
      const acceptedAt = Date.now();
      expect(status).toBe(202);
      await waitUntil(
        () => Promise.resolve(timesReceived(receiver)),
        (times) => times.has(`event_${index}`),
      );
      tookMs.push(Math.max(0, Date.now() - acceptedAt));
    }
    const median = tookMs.sort((one, other) => one - other)[EVENTS / 2];
    tell(
      `PgBouncer in ${way.poolMode} mode${way.direct ? ', with a direct URL' : ''}: from accepted to ` +
        `received ${median} ms (median of ${EVENTS})`,
    );
    expect([...timesReceived(receiver).values()]).toEqual(Array(EVENTS).fill(1));
  });

  it(`the worker ${way.hears ? 'hears wake-ups' : 'says that it does not, and what to do'}`, async () => {
    const said = (): boolean => worker.output().includes('DATABASE_DIRECT_URL');
    if (way.hears) expect(said()).toBe(false);
    else
      await waitUntil(
        () => Promise.resolve(said()),
        (says) => says,
      );
  });

  it('a lock is refused as on the database itself', async () => {
    const locker = await connect();
    await locker.query('begin; lock table events in access exclusive mode');
    const { status, body } = await server.call('POST', '/v1/events', event('locked_out'));
    expect([status, body.code]).toEqual([503, 'database_unavailable']);
    await server.says('55P03');
    await locker.query('rollback');
    await locker.end();
    const again = await server.call('POST', '/v1/events', event('locked_out'));
    expect(again.status).toBe(202);
  });

  async function connect(): Promise<Client> {
    const url = new URL(cluster.settings.DATABASE_URL ?? '');
    const client = new Client({ connectionString: url.href });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }
}
