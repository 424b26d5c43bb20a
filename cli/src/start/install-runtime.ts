import {
  DefaultLogger,
  IllegalStateError,
  type LogLevel,
  makeTelemetryFilterString,
  Runtime,
} from '@temporalio/worker';
import type { Logger } from 'pino';

const LEVELS: Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'debug',
  WARN: 'warn',
  ERROR: 'error',
};

/**
 * Sends the Temporal SDK's log to ours, and keeps it from acting on signals:
 * stopping has an order, and the worker is not the first to go. Before anything
 * connects; where there is one already, nothing happens.
 */
export function installRuntime(log: Logger): void {
  try {
    install(log);
  } catch (error) {
    if (!(error instanceof IllegalStateError)) throw error;
  }
}

function install(log: Logger): void {
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('INFO', ({ level, message, meta }) =>
      log[LEVELS[level]]({ ...meta }, `temporal: ${message}`),
    ),
    telemetryOptions: {
      // While Temporal is away it warns of each try of each call; that it is away is told by us.
      logging: {
        filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }),
        forward: {},
      },
    },
  });
}
