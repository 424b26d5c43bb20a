import { join, resolve } from 'node:path';
import { parseCidrs } from '@careerhooks/egress';
import type { TokenSettings } from '@careerhooks/server';
import { systems } from '@careerhooks/systems';
import { z } from 'zod';

/** A problem with how CareerHooks is set up, told to the operator without a stack. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

const port = z.coerce
  .number('must be a port number')
  .int('must be a port number')
  .min(0, 'must be a port number')
  .max(65_535, 'must be a port number');

/**
 * How a product's own tokens are verified, for each system by its key in capitals: ROLEREADY_JWT_SECRET
 * and so on.
 */
const tokenVariables = Object.fromEntries(
  [...systems.keys()].flatMap((key) => {
    const prefix = key.toUpperCase();
    return [
      [
        `${prefix}_JWT_SECRET`,
        // RFC 7518, section 3.2: a key for HS256 is at least as long as its hash.
        z.string().min(32, 'must have at least 32 characters').optional(),
      ],
      [
        `${prefix}_JWKS_URL`,
        z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).optional(),
      ],
      [`${prefix}_JWT_ISSUER`, z.string().optional()],
      [`${prefix}_JWT_AUDIENCE`, z.string().optional()],
    ];
  }),
) as Record<string, z.ZodOptional<z.ZodString>>;

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3400),
  CAREERHOOKS_DATA_DIR: z.string().default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL; leave it out for SQLite')
    .optional(),
  CAREERHOOKS_TEMPORAL_PORT: port.default(7233),
  CAREERHOOKS_TEMPORAL_UI_PORT: port.default(8233),
  CAREERHOOKS_TEMPORAL_UI_URL: z.url('must be a URL').optional(),
  CAREERHOOKS_ADMIN_TOKEN: z.string().min(24, 'must have at least 24 characters').optional(),
  CAREERHOOKS_MASTER_KEY: z.string().optional(),
  CAREERHOOKS_ALLOW_CIDRS: z
    .string()
    .default('')
    .transform((text, context) => {
      try {
        return parseCidrs(text);
      } catch (error) {
        context.addIssue({
          code: 'custom',
          message: error instanceof Error ? error.message : String(error),
        });
        return z.NEVER;
      }
    }),
  CAREERHOOKS_RETENTION_DAYS: z.coerce
    .number('must be a number of days')
    .min(1)
    .max(3650)
    .default(90),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface Settings {
  production: boolean;
  host: string;
  port: number;
  /** Absolute path. */
  dataDir: string;
  databaseUrl: string | undefined;
  temporalPort: number;
  temporalUiPort: number;
  temporalUiUrl: string | undefined;
  /** Undefined: generated into the data folder on the first start. */
  adminToken: string | undefined;
  /** The current key first, then those that may still open older secrets; empty: generated likewise. */
  masterKeys: string[];
  allowCidrs: string[];
  retentionMs: number;
  logLevel: z.output<typeof environment>['LOG_LEVEL'];
  /** How the products' own tokens are verified, by the system's key. */
  tokens: Record<string, TokenSettings>;
  /** Where Temporal's own standard settings are read from. */
  env: NodeJS.ProcessEnv;
}

/** Reads the settings from environment variables; throws SetupError that names each bad one. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  // An empty variable, as compose files make them, is one that is not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== ''));
  const result = environment.safeParse(given);
  const tokens = z.object(tokenVariables).safeParse(given);
  if (!result.success || !tokens.success) {
    const issues = [...(result.error?.issues ?? []), ...(tokens.error?.issues ?? [])];
    const lines = issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new SetupError(`These settings are wrong:\n${lines.join('\n')}`);
  }
  const values = result.data;
  return {
    production: values.NODE_ENV === 'production',
    host: values.HOST,
    port: values.PORT,
    dataDir: resolve(values.CAREERHOOKS_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    temporalPort: values.CAREERHOOKS_TEMPORAL_PORT,
    temporalUiPort: values.CAREERHOOKS_TEMPORAL_UI_PORT,
    temporalUiUrl: values.CAREERHOOKS_TEMPORAL_UI_URL,
    adminToken: values.CAREERHOOKS_ADMIN_TOKEN,
    masterKeys: values.CAREERHOOKS_MASTER_KEY?.split(',').map((key) => key.trim()) ?? [],
    allowCidrs: values.CAREERHOOKS_ALLOW_CIDRS,
    retentionMs: values.CAREERHOOKS_RETENTION_DAYS * 86_400_000,
    logLevel: values.LOG_LEVEL,
    tokens: Object.fromEntries(
      [...systems.keys()].map((key) => {
        const prefix = key.toUpperCase();
        return [
          key,
          {
            secret: tokens.data[`${prefix}_JWT_SECRET`],
            jwksUrl: tokens.data[`${prefix}_JWKS_URL`],
            issuer: tokens.data[`${prefix}_JWT_ISSUER`],
            audience: tokens.data[`${prefix}_JWT_AUDIENCE`],
          },
        ];
      }),
    ),
    env,
  };
}

/** Where the data folder's files are. */
export function dataFile(
  settings: Pick<Settings, 'dataDir'>,
  name: 'careerhooks.db' | 'admin-token' | 'master-key' | 'instance.lock',
): string {
  return join(settings.dataDir, name);
}
