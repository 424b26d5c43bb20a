import { createRemoteEngine } from '@careerhooks/worker';
import type { Logger } from 'pino';
import type { Settings } from '../settings';
import { connectTo } from './connect-to';
import { createShutdown } from './shutdown';
import { logGuard } from './log-guard';
import { openBase } from './open-base';
import { requireShared } from './require-shared';
import { serveApi } from './serve-api';
import { startTemporal } from './start-temporal';
import type { Report } from './voice';

/** A process that accepts, and leaves deliveries to workers. */
export interface CareerHooksServer {
  url: string;
  /** Says by `/readyz` that it stops; takes what still comes, each connection's last request. */
  announceStop(): void;
  stop(): Promise<void>;
}

/**
 * Serves the API on the database that it shares with others. Temporal is for
 * retrying and cancelling alone: without it everything else goes on.
 */
export async function startServer(
  settings: Settings,
  log: Logger,
  report: Report,
): Promise<CareerHooksServer> {
  requireShared(settings, 'server');
  logGuard(settings, log);
  const shutdown = createShutdown();
  try {
    const { ownDataDir } = settings;
    const base = await openBase(
      { settings, log, report, shutdown },
      { lock: ownDataDir, journal: ownDataDir },
    );
    const { store, egress } = base;
    const temporal = await startTemporal(settings, log, { report, onReturn: () => undefined });
    shutdown.add(() => temporal.stop());
    const engine = createRemoteEngine({ store, egress, log });
    shutdown.add(() => engine.stop());
    const url = await serveApi(base, { engine, intake: engine.intake, temporal });
    connectTo(temporal, shutdown, (connection) => engine.connect(connection)).catch(
      (error: unknown) => {
        // We stopped before it let us in.
        if (shutdown.near.aborted) return;
        log.error({ err: error }, 'no Temporal: events are accepted, workflows are not hurried');
      },
    );
    return { url, announceStop: () => shutdown.announce(), stop: () => shutdown.end() };
  } catch (error) {
    await shutdown.end();
    throw error;
  }
}
