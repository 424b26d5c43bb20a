import type { Logger } from 'pino';
import type { Settings } from '../settings';
import { beginDeliveries } from './begin-deliveries';
import { connectTo } from './connect-to';
import { createShutdown } from './shutdown';
import type { HttpServer } from './listen-http';
import { logGuard } from './log-guard';
import { openBase } from './open-base';
import { requireShared } from './require-shared';
import { serveHealth } from './serve-health';
import type { Report } from './voice';

/** A process that makes deliveries, and accepts nothing. */
export interface CareerHooksWorker {
  /** Where its health is asked for; undefined where nobody wants to. */
  healthUrl: string | undefined;
  /** Rejects where a setting has to be changed before Temporal can answer. */
  connected: Promise<void>;
  /** Says by its health that it stops. */
  announceStop(): void;
  /** Takes nothing more; attempts under way end first. */
  stop(): Promise<void>;
}

/** Takes what servers leave in the database, and runs the workflows. */
export async function startWorker(
  settings: Settings,
  log: Logger,
  report: Report,
): Promise<CareerHooksWorker> {
  requireShared(settings, 'worker');
  logGuard(settings, log);
  const shutdown = createShutdown();
  try {
    const { ownDataDir } = settings;
    const base = await openBase(
      { settings, log, report, shutdown },
      { lock: ownDataDir, journal: ownDataDir },
    );
    // Ended after the engine: for as long as that takes, it says that it stops.
    const health: { server?: HttpServer | undefined } = {};
    shutdown.add(() => health.server?.stop());
    const { engine, temporal } = await beginDeliveries(base);
    health.server = await serveHealth(base, engine, temporal);
    const connected = connectTo(temporal, shutdown, (connection, signal) =>
      engine.connect(connection, signal),
    );
    return {
      healthUrl: health.server?.url,
      connected,
      announceStop: () => shutdown.announce(),
      stop: () => shutdown.end(),
    };
  } catch (error) {
    await shutdown.end();
    throw error;
  }
}
