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
  if (!process.stdout.isTTY) return pino(options);
  return pino(options, pretty({ colorize: true, translateTime: 'HH:MM:ss', singleLine: true }));
}
