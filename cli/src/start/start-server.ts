import { createRemoteEngine } from '@careerhooks/worker';
import type { Logger } from 'pino';
import type { Settings } from '../settings';
import { connectTo } from './connect-to';
import { createEnding } from './ending';
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
 * hurrying and cancelling alone: without it everything else goes on.
 */
export async function startServer(
  settings: Settings,
  log: Logger,
  report: Report,
): Promise<CareerHooksServer> {
  requireShared(settings, 'server');
  logGuard(settings, log);
  const ending = createEnding();
  try {
    const { ownDataDir } = settings;
    const base = await openBase(
      { settings, log, report, ending },
      { lock: ownDataDir, journal: ownDataDir },
    );
    const { store, egress } = base;
    const temporal = await startTemporal(settings, log, { report, onReturn: () => undefined });
    ending.add(() => temporal.stop());
    const engine = createRemoteEngine({ store, egress, log });
    ending.add(() => engine.stop());
    const url = await serveApi(base, { engine, intake: engine.intake, temporal });
    connectTo(temporal, ending, (connection) => engine.connect(connection)).catch(
      (error: unknown) => {
        // We stopped before it let us in.
        if (ending.near.aborted) return;
        log.error({ err: error }, 'no Temporal: events are accepted, workflows are not hurried');
      },
    );
    return { url, announceStop: () => ending.announce(), stop: () => ending.end() };
  } catch (error) {
    await ending.end();
    throw error;
  }
}
