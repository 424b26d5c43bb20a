import type { Log } from '@careerhooks/temporal';

/** A log that keeps what it is told, for the test to read. */
export function recordingLog(): { log: Log; messages: string[] } {
  const messages: string[] = [];
  const at = (level: string) => (fields: object, message: string) => {
    if (level !== 'debug') messages.push(`${level}: ${message} ${JSON.stringify(fields)}`);
  };
  const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  return { log, messages };
}
