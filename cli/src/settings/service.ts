import { resolve } from 'node:path';
import { z } from 'zod';
import { port, type Values } from './forms';

/** Where it runs, and how safely. */
export const serviceVariables = {
  // A safety switch: what is not known must not run as what is least safe.
  NODE_ENV: z
    .enum(['production', 'development', 'test'], {
      error:
        'must be production (https and public addresses only), development or test; nothing is development',
    })
    .optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3400),
  WORKER_PORT: port.optional(),
  CAREERHOOKS_DATA_DIR: z.string().optional(),
};

export interface ServiceSettings {
  /** Endpoints need https and public addresses. */
  production: boolean;
  host: string;
  port: number;
  /** Where a worker's health is asked for; undefined: nowhere. */
  workerPort: number | undefined;
  /** Absolute path. */
  dataDir: string;
  /** Whether the data folder was named, rather than taken for want of another. */
  ownDataDir: boolean;
}

export function serviceSettings(values: Values<typeof serviceVariables>): ServiceSettings {
  return {
    production: values.NODE_ENV === 'production',
    host: values.HOST,
    port: values.PORT,
    workerPort: values.WORKER_PORT,
    dataDir: resolve(values.CAREERHOOKS_DATA_DIR ?? 'data'),
    ownDataDir: values.CAREERHOOKS_DATA_DIR !== undefined,
  };
}
