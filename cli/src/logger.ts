import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { LOG_OPTIONS } from './log-options';
import type { Settings } from './settings';

/** JSON lines for machines, coloured lines for a person at a terminal. */
export function createLogger(settings: Pick<Settings, 'logLevel'>): Logger {
  const options = { ...LOG_OPTIONS, level: settings.logLevel };
  // Lines that come together are written together; all are out when the process ends.
  if (!process.stdout.isTTY)
    return pino(
      options,
      pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 250 }),
    );
  return pino(options, pretty({ colorize: true, translateTime: 'HH:MM:ss', singleLine: true }));
}
