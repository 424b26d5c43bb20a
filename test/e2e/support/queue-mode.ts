import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '../../support/databases';
import { startProcess, type TestProcess } from '../../support/process';
import { freePorts } from '../../support/temporal';
import type { TestN8n } from './n8n';
import { setStage, type Stage } from './stage';

/** One of n8n's processes in queue mode. */
interface QueueProcess {
  /** Ends it without any notice. */
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** An n8n in queue mode: beside main a worker and a webhook processor, on Redis and PostgreSQL. */
export interface QueueStage extends Stage {
  processes: Record<'worker' | 'webhook' | 'main', QueueProcess>;
}

/**
 * @param lockSeconds how long a worker that is gone keeps its executions; n8n's own is 60.
 * @param stalledSeconds how often workers look for such executions; n8n's own is 30.
 */
export async function setQueueStage(
  lockSeconds: number,
  stalledSeconds: number,
): Promise<QueueStage> {
  const [redisPort, webhookPort, workerPort, ...brokerPorts] = await freePorts(5);
  const folder = await mkdtemp(join(tmpdir(), 'careerhooks-queue-'));
  const redis = startRedis(folder, redisPort ?? 0);
  const database = await createDatabase('postgres');
  const webhookUrl = `http://127.0.0.1:${webhookPort}`;
  await redis.says('Ready to accept connections');
  const stage = await setStage({
    ...postgresSettings(database.location),
    EXECUTIONS_MODE: 'queue',
    QUEUE_BULL_REDIS_HOST: '127.0.0.1',
    QUEUE_BULL_REDIS_PORT: String(redisPort),
    QUEUE_WORKER_LOCK_DURATION: String(lockSeconds * 1000),
    QUEUE_WORKER_LOCK_RENEW_TIME: String((lockSeconds * 1000) / 6),
    QUEUE_WORKER_STALLED_INTERVAL: String(stalledSeconds * 1000),
    WEBHOOK_URL: webhookUrl,
  });
  const { n8n } = stage;
  const worker = await besideMain(
    n8n,
    'worker',
    {
      QUEUE_HEALTH_CHECK_ACTIVE: 'true',
      QUEUE_HEALTH_CHECK_PORT: String(workerPort),
      N8N_RUNNERS_BROKER_PORT: String(brokerPorts[0]),
    },
    `http://127.0.0.1:${workerPort}/healthz/readiness`,
  );
  const webhook = await besideMain(
    n8n,
    'webhook',
    {
      N8N_PORT: String(webhookPort),
      N8N_RUNNERS_BROKER_PORT: String(brokerPorts[1]),
    },
    `${webhookUrl}/healthz/readiness`,
  );

  return {
    ...stage,
    processes: { worker, webhook, main: n8n },
    async stop() {
      await Promise.all([worker.kill(), webhook.kill()]);
      await stage.stop();
      await redis.end('SIGTERM');
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startRedis(folder: string, port: number): TestProcess {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
  return startProcess('redis-server', settings, {});
}

function postgresSettings(location: { file: string } | { databaseUrl: string }) {
  if (!('databaseUrl' in location)) throw new Error('n8n needs PostgreSQL for its queue mode.');
  const { hostname, port, username, password, pathname } = new URL(location.databaseUrl);
  return {
    DB_TYPE: 'postgresdb',
    DB_POSTGRESDB_HOST: hostname,
    DB_POSTGRESDB_PORT: port,
    DB_POSTGRESDB_USER: username,
    DB_POSTGRESDB_PASSWORD: password,
    DB_POSTGRESDB_DATABASE: pathname.slice(1),
  };
}

async function besideMain(
  n8n: TestN8n,
  command: 'worker' | 'webhook',
  settings: Record<string, string>,
  readyUrl: string,
): Promise<QueueProcess> {
  const start = () => n8n.startBeside(command, settings, readyUrl);
  let child = await start();
  return {
    async kill() {
      await child.end('SIGKILL');
    },
    async restart() {
      child = await start();
    },
  };
}
