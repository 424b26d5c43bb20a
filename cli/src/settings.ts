import { join, resolve } from 'node:path';
import {
  type DesignName,
  OWN_THEME,
  type Paper,
  readTheme,
  type SmtpServer,
  type Theme,
} from '@careerhooks/cv';
import { isEmailAddress, parseCidrs } from '@careerhooks/egress';
import type { TokenSettings } from '@careerhooks/server';
import { readPostgresUrl } from '@careerhooks/store';
import { systems } from '@careerhooks/systems';
import { z } from 'zod';
import { readSmtpUrl } from './read-smtp-url';
import { textFault } from './text-fault';

/** A problem with how CareerHooks is set up, told to the operator without a stack. */
export class SetupError extends Error {
  override readonly name: string = 'SetupError';
}

/** One that lasts until a setting is changed, which the message names. */
export class SettingError extends SetupError {
  override readonly name = 'SettingError';
}

/** A number in plain digits: `0x50` or `8e1` is more likely a slip than a number. */
function number(error: string, bounds: { min: number; max: number; form?: RegExp }) {
  const { min, max, form = /^\d{1,9}$/ } = bounds;
  return z
    .string()
    .regex(form, error)
    .transform(Number)
    .pipe(z.number().min(min, error).max(max, error));
}

const port = number('must be a port number', { min: 0, max: 65_535 });

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

/** What is sent in a header: visible ASCII. Anything else would be refused there, or shown. */
const VISIBLE = /^[\x21-\x7e]+$/;

/** What a secret of the operator's must be, as a setting and as a file of the data folder. */
export const SECRETS = {
  adminToken: z
    .string()
    .min(24, 'must have at least 24 characters')
    .regex(VISIBLE, 'must be visible ASCII characters, without blanks'),
  cvWebhookSecret: z.string().min(16, 'must have at least 16 characters'),
};

/** Turns what `read` throws into an issue that names the setting. */
function reader<Value>(
  read: (text: string) => Value,
): (text: string, context: z.RefinementCtx) => Value {
  return (text, context) => {
    try {
      return read(text);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
  };
}

const readCidrs = reader(parseCidrs);

function checkPostgresUrl(text: string): string {
  readPostgresUrl(text);
  return text;
}

function isLanguage(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

// Written down here, too: what draws the PDF takes a while to load, and most commands draw none.
const DESIGNS = ['classic', 'modern', 'compact'] as const satisfies DesignName[];
const PAPERS = ['a4', 'letter'] as const satisfies Paper[];

function checkTheme(text: string): string {
  readTheme(text, '');
  return text;
}

/** `1`, the hops that are proxies of ours, or their CIDR ranges. */
function readTrustedProxies(
  text: string | undefined,
  context: z.RefinementCtx,
): number | string[] | false {
  if (text === undefined) return false;
  try {
    if (!/^\d+$/.test(text)) return parseCidrs(text);
    const hops = Number(text);
    if (hops >= 1 && hops <= 10) return hops;
  } catch {
    // Neither.
  }
  const message = `must be how many proxies there are, 1 to 10, or their CIDR ranges, not "${text}"`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

const environment = z.object({
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
  DATABASE_URL: z.string().transform(reader(checkPostgresUrl)).optional(),
  DATABASE_DIRECT_URL: z.string().transform(reader(checkPostgresUrl)).optional(),
  CAREERHOOKS_TEMPORAL_PORT: port.default(7233),
  CAREERHOOKS_TEMPORAL_UI_PORT: port.default(8233),
  CAREERHOOKS_TEMPORAL_UI_URL: z.url('must be a URL').optional(),
  CAREERHOOKS_TEMPORAL_RETENTION_DAYS: number('must be a whole number of days from 1 to 3650', {
    min: 1,
    max: 3650,
  }).optional(),
  CAREERHOOKS_ADMIN_TOKEN: SECRETS.adminToken.optional(),
  CAREERHOOKS_MASTER_KEY: z.string().optional(),
  CAREERHOOKS_ALLOW_CIDRS: z.string().default('').transform(readCidrs),
  CAREERHOOKS_RATE_LIMIT: number('must be a number of requests a second', {
    min: 0,
    max: 999_999_999,
  }).default(1000),
  TRUST_PROXY: z
    .string()
    .optional()
    .transform((text, context) => readTrustedProxies(text, context)),
  CAREERHOOKS_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
    .regex(/^[^?#]*$/, 'must end with the host, the port or the path')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  CV_WEBHOOK_SECRET: SECRETS.cvWebhookSecret.optional(),
  CV_AUTH: z.enum(['all', 'any'], 'must be "all" or "any"').default('all'),
  CV_ALLOW_IPS: z.string().default('').transform(readCidrs),
  CV_LANG: z
    .string()
    .refine(isLanguage, 'must be a language such as en, pt-BR or zh-Hant (BCP 47)')
    .default('en'),
  CV_FONTS: z.string().optional(),
  CV_PDF_STYLE: z.enum(DESIGNS, 'must be classic, modern or compact').default('classic'),
  CV_PDF_PAPER: z.enum(PAPERS, 'must be a4 or letter').default('a4'),
  CV_HTML_THEME: z.string().default(OWN_THEME).transform(reader(checkTheme)),
  CV_NOTIFY_SLACK_URL: z.url('must be a URL').optional(),
  CV_NOTIFY_EMAIL: z.string().refine(isEmailAddress, 'must be an e-mail address').optional(),
  SMTP_URL: z.string().transform(reader(readSmtpUrl)).optional(),
  GITHUB_API_URL: z.url('must be a URL').default('https://api.github.com'),
  GITHUB_TOKEN: z
    .string()
    .regex(VISIBLE, 'must be visible ASCII characters, without blanks')
    .optional(),
  DEBUG_WEBHOOKS: z.enum(['true', 'false'], 'must be "true" or "false"').default('false'),
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
});

/** The environment variables that are read here; Temporal's standard ones are read by its own rules. */
export const SETTING_NAMES: readonly string[] = [
  ...Object.keys(environment.shape),
  ...Object.keys(tokenVariables),
];

export interface Settings {
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
  databaseUrl: string | undefined;
  /** The same database without its pooler. */
  databaseDirectUrl: string | undefined;
  temporalPort: number;
  temporalUiPort: number;
  temporalUiUrl: string | undefined;
  /** How long Temporal keeps workflows that have closed; undefined: nothing was said. */
  temporalRetentionDays: number | undefined;
  /** Undefined: generated into the data folder on the first start. */
  adminToken: string | undefined;
  /** The current key first, then those that may still open older secrets; empty: generated likewise. */
  masterKeys: string[];
  allowCidrs: string[];
  /** Requests a second of one key; 0 for any number. */
  requestsPerSecond: number;
  /** Proxies before us whose `X-Forwarded-For` is believed: so many hops, or CIDR ranges. */
  trustProxy: number | string[] | false;
  /** Where clients reach the API; undefined: wherever they ask. */
  publicUrl: string | undefined;
  cv: {
    /** Undefined: generated into the data folder on the first start. */
    webhookSecret: string | undefined;
    auth: 'all' | 'any';
    allowIps: string[];
    debug: boolean;
    /** What makes the CV's page; undefined: our own theme. */
    htmlTheme: Theme | undefined;
    githubUrl: string;
    githubToken: string | undefined;
    /** What the PDF is drawn with; the folder, absolute, may not be there yet. */
    fonts: { folder: string; lang: string };
    /** What the PDF looks like. */
    pdf: { style: DesignName; paper: Paper };
    notify: {
      slackUrl: string | undefined;
      email: string | undefined;
      smtp: SmtpServer | undefined;
    };
  };
  retentionMs: number;
  /** How long a server that is asked to stop says so first, and takes what still comes. */
  drainMs: number;
  logLevel: z.output<typeof environment>['LOG_LEVEL'];
  /** How the products' own tokens are verified, by the system's key. */
  tokens: Record<string, TokenSettings>;
  /** Where Temporal's own standard settings are read from. */
  env: NodeJS.ProcessEnv;
}

/**
 * Reads the settings from environment variables, without blanks and line breaks around them; throws
 * SettingError that names each bad one, and shows no secret.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const { given, faults } = readTexts(env);
  const result = environment.safeParse(given);
  const tokens = z.object(tokenVariables).safeParse(given);
  if (faults.length > 0 || !result.success || !tokens.success) {
    const issues = [...(result.error?.issues ?? []), ...(tokens.error?.issues ?? [])];
    const lines = issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new SettingError(`These settings are wrong:\n${[...faults, ...lines].join('\n')}`);
  }
  const values = result.data;
  if (values.CV_NOTIFY_EMAIL !== undefined && values.SMTP_URL === undefined) {
    throw new SettingError('These settings are wrong:\n  CV_NOTIFY_EMAIL: needs SMTP_URL, too');
  }
  const dataDir = resolve(values.CAREERHOOKS_DATA_DIR ?? 'data');
  return {
    production: values.NODE_ENV === 'production',
    host: values.HOST,
    port: values.PORT,
    workerPort: values.WORKER_PORT,
    dataDir,
    ownDataDir: values.CAREERHOOKS_DATA_DIR !== undefined,
    databaseUrl: values.DATABASE_URL,
    databaseDirectUrl: values.DATABASE_DIRECT_URL,
    temporalPort: values.CAREERHOOKS_TEMPORAL_PORT,
    temporalUiPort: values.CAREERHOOKS_TEMPORAL_UI_PORT,
    temporalUiUrl: values.CAREERHOOKS_TEMPORAL_UI_URL,
    temporalRetentionDays: values.CAREERHOOKS_TEMPORAL_RETENTION_DAYS,
    adminToken: values.CAREERHOOKS_ADMIN_TOKEN,
    masterKeys: values.CAREERHOOKS_MASTER_KEY?.split(',').map((key) => key.trim()) ?? [],
    allowCidrs: values.CAREERHOOKS_ALLOW_CIDRS,
    requestsPerSecond: values.CAREERHOOKS_RATE_LIMIT,
    trustProxy: values.TRUST_PROXY,
    publicUrl: values.CAREERHOOKS_PUBLIC_URL,
    cv: {
      webhookSecret: values.CV_WEBHOOK_SECRET,
      auth: values.CV_AUTH,
      allowIps: values.CV_ALLOW_IPS,
      debug: values.DEBUG_WEBHOOKS === 'true',
      htmlTheme: readTheme(values.CV_HTML_THEME, join(dataDir, 'themes')),
      githubUrl: values.GITHUB_API_URL,
      githubToken: values.GITHUB_TOKEN,
      fonts: {
        folder: resolve(values.CV_FONTS ?? join(values.CAREERHOOKS_DATA_DIR ?? 'data', 'fonts')),
        lang: values.CV_LANG,
      },
      pdf: { style: values.CV_PDF_STYLE, paper: values.CV_PDF_PAPER },
      notify: {
        slackUrl: values.CV_NOTIFY_SLACK_URL,
        email: values.CV_NOTIFY_EMAIL,
        smtp: values.SMTP_URL,
      },
    },
    retentionMs: values.CAREERHOOKS_RETENTION_DAYS * 86_400_000,
    drainMs: 1_000 * (values.CAREERHOOKS_DRAIN_SECONDS ?? defaultDrainSeconds(values)),
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

/** Long enough for a load balancer to ask twice; of an SQLite file nobody else can take over. */
function defaultDrainSeconds(values: { DATABASE_URL?: string | undefined }): number {
  return values.DATABASE_URL === undefined ? 0 : 5;
}

/** An empty variable, as compose files make them, is one that is not set. */
function readTexts(env: NodeJS.ProcessEnv): { given: Record<string, string>; faults: string[] } {
  const given: Record<string, string> = {};
  const faults: string[] = [];
  for (const name of SETTING_NAMES) {
    const text = env[name]?.trim() ?? '';
    const fault = textFault(text);
    if (fault !== undefined) faults.push(`  ${name}: ${fault}`);
    else if (text !== '') given[name] = text;
  }
  return { given, faults };
}

/** Where the data folder's files are. */
export function dataFile(
  settings: Pick<Settings, 'dataDir'>,
  name:
    | 'careerhooks.db'
    | 'admin-token'
    | 'master-key'
    | 'cv-webhook-secret'
    | 'endpoints.journal'
    | 'instance.lock'
    | 'cache',
): string {
  return join(settings.dataDir, name);
}
