import { z } from 'zod';
import { number, type Values } from './forms';

/** How long things are kept, how a server ends, and what it logs. */
export const upkeepVariables = {
  CAREERHOOKS_RETENTION_DAYS: number('must be a number of days from 1 to 3650', {
    min: 1,
    max: 3650,
    form: /^\d{1,4}(\.\d{1,9})?$/,
  }).default(90),
  CAREERHOOKS_DRAIN_SECONDS: number('must be a whole number of seconds from 0 to 300', {
    min: 0,
    max: 300,
  }).optional(),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
      'must be trace, debug, info, warn, error or silent',
    )
    .default('info'),
};

export interface UpkeepSettings {
  retentionMs: number;
  /** How long a server that is asked to stop says so first, and takes what still comes. */
  drainMs: number;
  logLevel: Values<typeof upkeepVariables>['LOG_LEVEL'];
}

/** @param shared whether others can take over: the database is not an SQLite file. */
export function upkeepSettings(
  values: Values<typeof upkeepVariables>,
  shared: boolean,
): UpkeepSettings {
  // Long enough for a load balancer to ask twice.
  const { CAREERHOOKS_DRAIN_SECONDS: drainSeconds = shared ? 5 : 0 } = values;
  return {
    retentionMs: values.CAREERHOOKS_RETENTION_DAYS * 86_400_000,
    drainMs: 1_000 * drainSeconds,
    logLevel: values.LOG_LEVEL,
  };
}
