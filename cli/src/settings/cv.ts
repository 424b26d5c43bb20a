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
import { z } from 'zod';
import { readSmtpUrl } from '../read-smtp-url';
import { headerText, reader, type Values } from './forms';
import { SECRETS } from './secrets';

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

/** The CV Website: its webhook, what it looks like, where it is told of, and GitHub. */
export const cvVariables = {
  CV_WEBHOOK_SECRET: SECRETS.cvWebhookSecret.optional(),
  CV_AUTH: z.enum(['all', 'any'], 'must be "all" or "any"').default('all'),
  CV_ALLOW_IPS: z.string().default('').transform(reader(parseCidrs)),
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
  GITHUB_TOKEN: headerText().optional(),
  DEBUG_WEBHOOKS: z.enum(['true', 'false'], 'must be "true" or "false"').default('false'),
};

export interface CvSettings {
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
}

/** @param dataDir absolute; themes and fonts are looked for in there. */
export function cvSettings(values: Values<typeof cvVariables>, dataDir: string): CvSettings {
  return {
    webhookSecret: values.CV_WEBHOOK_SECRET,
    auth: values.CV_AUTH,
    allowIps: values.CV_ALLOW_IPS,
    debug: values.DEBUG_WEBHOOKS === 'true',
    htmlTheme: readTheme(values.CV_HTML_THEME, join(dataDir, 'themes')),
    githubUrl: values.GITHUB_API_URL,
    githubToken: values.GITHUB_TOKEN,
    fonts: { folder: resolve(values.CV_FONTS ?? join(dataDir, 'fonts')), lang: values.CV_LANG },
    pdf: { style: values.CV_PDF_STYLE, paper: values.CV_PDF_PAPER },
    notify: {
      slackUrl: values.CV_NOTIFY_SLACK_URL,
      email: values.CV_NOTIFY_EMAIL,
      smtp: values.SMTP_URL,
    },
  };
}

/** What the variables say together that cannot be, or undefined. */
export function cvFault(values: Values<typeof cvVariables>): string | undefined {
  return values.CV_NOTIFY_EMAIL !== undefined && values.SMTP_URL === undefined
    ? 'CV_NOTIFY_EMAIL: needs SMTP_URL, too'
    : undefined;
}
