import { type EgressClient, type EgressPolicy, openSocket } from '@careerhooks/egress';
import { createTransport } from 'nodemailer';

/** Where changes of the CV are told; nothing set: nowhere. */
export interface NotifySettings {
  /** A Slack incoming webhook, or one of its kind (Mattermost, Discord's /slack). */
  slackUrl?: string | undefined;
  /** Who gets an e-mail; needs `smtpUrl`. */
  email?: string | undefined;
  /** `smtp://user:password@host:587`, `smtps://…` */
  smtpUrl?: string | undefined;
}

export interface Notice {
  /** One line; the e-mail's subject. */
  title: string;
  /** What happened: names of sections and items, nothing of their content. */
  text: string;
  /** The change, by which the e-mail's Message-ID is the same however often it is sent. */
  changeId: string;
}

export type Channel = 'slack' | 'email';

const TIMEOUT_MS = 10_000;
const SMTP_PORTS: Record<string, number> = { 'smtp:': 587, 'smtps:': 465 };

/** The channels that the settings name. */
export function channelsOf(settings: NotifySettings): Channel[] {
  return [
    ...(settings.slackUrl === undefined ? [] : (['slack'] as const)),
    ...(settings.email === undefined || settings.smtpUrl === undefined ? [] : (['email'] as const)),
  ];
}

/** Tells one channel. Throws where it did not take the notice; then it may be told again. */
export async function notify(
  channel: Channel,
  notice: Notice,
  through: { settings: NotifySettings; egress: EgressClient; egressPolicy: EgressPolicy },
): Promise<void> {
  if (channel === 'slack') await tellSlack(notice, through);
  else await sendEmail(notice, through);
}

async function tellSlack(
  notice: Notice,
  { settings, egress }: { settings: NotifySettings; egress: EgressClient },
): Promise<void> {
  const answer = await egress.request({
    method: 'POST',
    url: settings.slackUrl ?? '',
    headers: { 'content-type': 'application/json', 'user-agent': 'CareerHooks' },
    body: Buffer.from(
      JSON.stringify({ text: `*${escapeSlack(notice.title)}*\n${escapeSlack(notice.text)}` }),
    ),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.status < 200 || answer.status > 299) {
    throw new Error(`The Slack webhook answered ${answer.status}.`);
  }
}

/** Slack reads these three as markup (https://api.slack.com/reference/surfaces/formatting). */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Sends one e-mail over a connection that the guard has vetted: nodemailer gets an open socket, and
 * resolves and connects nothing itself. With `smtp:` it upgrades to TLS where the server offers it.
 */
async function sendEmail(
  notice: Notice,
  { settings, egressPolicy }: { settings: NotifySettings; egressPolicy: EgressPolicy },
): Promise<void> {
  const { email = '', smtpUrl = '' } = settings;
  const url = new URL(smtpUrl);
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (SMTP_PORTS[url.protocol] ?? 587);
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    getSocket(_options, callback) {
      openSocket(egressPolicy, { hostname, port, timeoutMs: TIMEOUT_MS }).then(
        (connection) => callback(null, { connection }),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  try {
    await transport.sendMail({
      from: url.searchParams.get('from') ?? senderOf(url, email),
      to: email,
      subject: notice.title,
      text: notice.text,
      messageId: `<${notice.changeId}@careerhooks>`,
    });
  } finally {
    transport.close();
  }
}

/** The account that sends, where it is an address; else the receiver itself. */
function senderOf(url: URL, email: string): string {
  const user = decodeURIComponent(url.username);
  return user.includes('@') ? user : email;
}
