import { type EgressPolicy, openSocket } from '@careerhooks/egress';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { explainTls } from './explain-tls';
import type { Notice } from './notice';
import { NotifyError } from './notify-error';
import type { SmtpServer } from './smtp-server';

/** For each step of the conversation, in milliseconds. */
const STEP_TIMEOUT_MS = 10_000;
/** For all of it: an answer that trickles never lets a step run out of time. */
const DEADLINE_MS = 30_000;

type Mail = ReturnType<MailComposer['compile']>;

/**
 * Sends one e-mail over a connection that the guard has vetted: nodemailer gets an open socket, and
 * resolves and connects nothing itself. A login that the server does not offer is tried all the same,
 * so that no mail goes out without it. Domains go out in A-labels.
 *
 * @throws {NotifyError} where the server does not take an address with letters beyond ASCII before its
 *   @, or its certificate is not trusted.
 * @throws where the server did not take it, or not within the deadline (in milliseconds).
 */
export async function sendEmail(
  notice: Notice,
  { to, smtp, policy }: { to: string; smtp: SmtpServer; policy: EgressPolicy },
  deadlineMs: number = DEADLINE_MS,
): Promise<void> {
  const signal = AbortSignal.timeout(deadlineMs);
  const mail = new MailComposer({
    from: smtp.from ?? to,
    to,
    subject: notice.title,
    text: notice.text,
    messageId: `<${notice.changeId}@careerhooks>`,
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const { host, port } = smtp;
  const socket = await openSocket(policy, { hostname: host, port, timeoutMs: STEP_TIMEOUT_MS });
  const connection = new SMTPConnection({
    host,
    port,
    secure: smtp.tls === 'implicit',
    requireTLS: smtp.tls === 'required',
    ignoreTLS: smtp.tls === 'off',
    connection: socket,
    connectionTimeout: STEP_TIMEOUT_MS,
    greetingTimeout: STEP_TIMEOUT_MS,
    socketTimeout: STEP_TIMEOUT_MS,
  });
  try {
    await converse(connection, mail, { login: smtp.login, signal });
  } catch (error) {
    if (!signal.aborted) throw explainTls(error, host);
    const seconds = deadlineMs / 1000;
    throw new Error(`The mail server did not take the e-mail within ${seconds} s.`, {
      cause: error,
    });
  } finally {
    connection.close();
  }
}

/** Greets the server, logs in where there is a login, and hands the mail over. */
async function converse(
  connection: SMTPConnection,
  mail: Mail,
  { login, signal }: { login: SmtpServer['login']; signal: AbortSignal },
): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    connection.on('error', reject);
    connection.once('end', () => reject(new Error('The mail server ended the conversation.')));
    const unless = (next: () => void) => (error?: Error | null) => {
      if (error) reject(error);
      else next();
    };
    const send = (): void =>
      connection.send(mail.getEnvelope(), mail.createReadStream(), unless(resolve));
    connection.connect(
      unless(() => {
        const address = addressBeyond(connection.lastServerResponse, mail);
        if (address !== undefined) reject(notOffered(address));
        else if (login === undefined) send();
        else connection.login({ user: login.user, pass: login.password }, unless(send));
      }),
    );
  });
}

/**
 * The address that a server cannot take: one that is not ASCII even with its domain in A-labels, where
 * the answer to EHLO does not offer SMTPUTF8 (RFC 6531). nodemailer would send it all the same.
 */
function addressBeyond(answer: string | false, mail: Mail): string | undefined {
  if (/[ -]SMTPUTF8\b/i.test(String(answer))) return undefined;
  const { from, to } = mail.getEnvelope();
  return [String(from), ...to].find((address) => !/^\p{ASCII}*$/u.test(address));
}

function notOffered(address: string): NotifyError {
  return new NotifyError(
    'SMTPUTF8_NOT_OFFERED',
    `The mail server does not take ${address}: it does not offer SMTPUTF8, which letters beyond ASCII before the @ need. Name an ASCII address in CV_NOTIFY_EMAIL and ?from=, or another server in SMTP_URL.`,
  );
}
