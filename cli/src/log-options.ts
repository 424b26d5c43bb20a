import type { LoggerOptions } from 'pino';

/**
 * What every logger has. Paths and bodies of requests to receivers are never logged; the redaction is a
 * second lock, for errors that carry a request.
 */
export const LOG_OPTIONS = {
  base: null,
  redact: ['*.authorization', '*.headers', '*.secret', '*.token', '*.bindings'],
} satisfies LoggerOptions;

/** Whether every line of a process that runs for long is JSON: in production, unless a person watches. */
export function isForMachines(production: boolean): boolean {
  return production && !process.stdout.isTTY;
}
