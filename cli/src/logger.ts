import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { Settings } from './settings';

/**
 * JSON lines for machines, coloured lines for a person at a terminal. Paths and
 * bodies of requests to receivers are never logged; the redaction is a second
 * lock, for errors that carry a request.
 */
export function createLogger(settings: Pick<Settings, 'logLevel'>): Logger {
  const options = {
    level: settings.logLevel,
    base: null,
    redact: ['*.authorization', '*.headers', '*.secret', '*.token', '*.bindings'],
  };
  // Lines that come together are written together; all are out when the process ends.
  if (!process.stdout.isTTY)
    return pino(
      options,
      pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 250 }),
    );
  return pino(options, pretty({ colorize: true, translateTime: 'HH:MM:ss', singleLine: true }));
}
