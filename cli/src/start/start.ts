import { createEventIntake } from '@careerhooks/store';
import type { Logger } from 'pino';
import type { Settings } from '../settings';
import { beginDeliveries } from './begin-deliveries';
import { connectTo } from './connect-to';
import { createShutdown } from './shutdown';
import { openBase } from './open-base';
import { serveApi } from './serve-api';
import type { Report } from './voice';

/** A whole CareerHooks in this process: server, worker and, unless another is named, Temporal. */
export interface CareerHooks {
  url: string;
  temporalUiUrl: string | null;
  /** Whether deliveries run; until then events are accepted and kept. */
  connected: Promise<void>;
  /** Says by `/readyz` that it stops; takes what still comes, each connection's last request. */
  announceStop(): void;
  stop(): Promise<void>;
}

/**
 * Starts everything. The API answers as soon as the database is open; Temporal
 * is started, or waited for, beside it. Throws SetupError, StoreError or
 * TemporalError with a message for the operator.
 */
export async function startCareerHooks(
  settings: Settings,
  log: Logger,
  report: Report,
): Promise<CareerHooks> {
  const shutdown = createShutdown();
  try {
    // One process owns an SQLite database; on PostgreSQL there may be several.
    const lock = settings.databaseUrl === undefined;
    const base = await openBase({ settings, log, report, shutdown }, { lock, journal: true });
    const { engine, temporal } = await beginDeliveries(base);
    const intake = createEventIntake(base.store, engine.firstAttempts);
    const url = await serveApi(base, { engine, intake, temporal });
    const connected = connectTo(temporal, shutdown, (connection, signal) =>
      engine.connect(connection, signal),
    );
    return {
      url,
      temporalUiUrl: temporal.uiUrl,
      connected,
      announceStop: () => shutdown.announce(),
      stop: () => shutdown.end(),
    };
  } catch (error) {
    await shutdown.end();
    throw error;
  }
}
