import { randomBytes } from 'node:crypto';
import { createDatabase } from './databases';
import {
  type CareerHooksProcess,
  runCareerHooks,
  startCareerHooksProcess,
  type TestProcess,
} from './process';
import { freePorts, startTestTemporal } from './temporal';
import { waitUntil } from './wait-until';

/** A worker as a process of its own. */
export interface WorkerProcess extends TestProcess {
  /** Asks for its health, readiness or metrics. */
  get: (path: string) => Promise<{ status: number; text: string }>;
}

/** An empty PostgreSQL database and a Temporal, for any number of servers and workers. */
export interface Cluster {
  /** What all processes share. */
  settings: Record<string, string>;
  /** Resolves when it answers. */
  startServer(): Promise<CareerHooksProcess>;
  /** Resolves when it is ready, unless `ready` is false: then when it lives. */
  startWorker(options?: { ready?: boolean }): Promise<WorkerProcess>;
  stopTemporal(): Promise<void>;
  stop(): Promise<void>;
}

export async function createCluster(
  startTemporal: () => Promise<{ address: string; stop(): Promise<void> }> = startTestTemporal,
): Promise<Cluster> {
  const database = await createDatabase('postgres');
  const temporal = await startTemporal();
  const settings = {
    DATABASE_URL: (database.location as { databaseUrl: string }).databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    CAREERHOOKS_ADMIN_TOKEN: randomBytes(32).toString('hex'),
    CAREERHOOKS_MASTER_KEY: randomBytes(32).toString('base64'),
    CV_WEBHOOK_SECRET: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'warn',
  };
  let running = true;
  const stopTemporal = async (): Promise<void> => {
    if (running) await temporal.stop();
    running = false;
  };
  return {
    settings,
    async startServer() {
      const [port] = await freePorts(1);
      return startCareerHooksProcess({ ...settings, PORT: String(port) }, 'server');
    },
    async startWorker({ ready = true } = {}) {
      const [port] = await freePorts(1);
      const child = runCareerHooks(['worker'], { ...settings, WORKER_PORT: String(port) });
      await child.says('worker is ready', 60_000);
      const get = async (path: string): Promise<{ status: number; text: string }> => {
        const response = await fetch(`http://127.0.0.1:${port}${path}`);
        return { status: response.status, text: await response.text() };
      };
      if (ready)
        await waitUntil(
          () => get('/readyz'),
          ({ status }) => status === 200,
          60_000,
        );
      return { ...child, get };
    },
    stopTemporal,
    async stop() {
      await stopTemporal();
      await database.drop();
    },
  };
}
