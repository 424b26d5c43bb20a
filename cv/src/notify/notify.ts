import type { EgressClient, EgressPolicy } from '@careerhooks/egress';
import type { Notice } from './notice';
import { sendEmail } from './send-email';
import type { SmtpServer } from './smtp-server';

/** Where changes of the CV are told; nothing set: nowhere. */
export interface NotifySettings {
  /** A Slack incoming webhook, or one of its kind (Mattermost, Discord's /slack). */
  slackUrl?: string | undefined;
  /** Who gets an e-mail; needs `smtp`. */
  email?: string | undefined;
  smtp?: SmtpServer | undefined;
}

export type Channel = 'slack' | 'email';

const TIMEOUT_MS = 10_000;

/** The channels that the settings name. */
export function channelsOf(settings: NotifySettings): Channel[] {
  return [
    ...(settings.slackUrl === undefined ? [] : (['slack'] as const)),
    ...(settings.email === undefined || settings.smtp === undefined ? [] : (['email'] as const)),
  ];
}

/** Tells one channel. Throws where it did not take the notice; then it may be told again. */
export async function notify(
  channel: Channel,
  notice: Notice,
  through: { settings: NotifySettings; egress: EgressClient; egressPolicy: EgressPolicy },
): Promise<void> {
  const { settings, egressPolicy } = through;
  if (channel === 'slack') await tellSlack(notice, through);
  else if (settings.email !== undefined && settings.smtp !== undefined) {
    await sendEmail(notice, { to: settings.email, smtp: settings.smtp, policy: egressPolicy });
  }
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
