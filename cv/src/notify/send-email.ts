import { type EgressPolicy, openSocket } from '@careerhooks/egress';
import { createTransport } from 'nodemailer';
import type { Notice } from './notice';
import type { SmtpServer } from './smtp-server';

/** For each step of the conversation, in milliseconds. */
const STEP_TIMEOUT_MS = 10_000;
/** For all of it: an answer that trickles never lets a step run out of time. */
const DEADLINE_MS = 30_000;

/**
 * Sends one e-mail over a connection that the guard has vetted: nodemailer gets an open socket, and
 * resolves and connects nothing itself. It gets the server's parts and no URL, whose query would
 * win over all that is set here, the socket too. A login that the server does not offer is tried
 * all the same, so that no mail goes out without it.
 *
 * @throws where the server did not take it, or not within the deadline (in milliseconds).
 */
export async function sendEmail(
  notice: Notice,
  { to, smtp, policy }: { to: string; smtp: SmtpServer; policy: EgressPolicy },
  deadlineMs: number = DEADLINE_MS,
): Promise<void> {
  const { host, port, tls, login } = smtp;
  const transport = createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'off',
    ...(login && { auth: { user: login.user, pass: login.password }, forceAuth: true }),
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: STEP_TIMEOUT_MS,
    greetingTimeout: STEP_TIMEOUT_MS,
    socketTimeout: STEP_TIMEOUT_MS,
    getSocket(_options, callback) {
      openSocket(policy, { hostname: host, port, timeoutMs: STEP_TIMEOUT_MS }).then(
        (connection) => callback(null, { connection }),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  const signal = AbortSignal.timeout(deadlineMs);
  try {
    await transport.sendMail({
      from: smtp.from ?? to,
      to,
      subject: notice.title,
      text: notice.text,
      messageId: `<${notice.changeId}@careerhooks>`,
      signal,
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    const seconds = deadlineMs / 1000;
    throw new Error(`The mail server did not take the e-mail within ${seconds} s.`, {
      cause: error,
    });
  } finally {
    transport.close();
  }
}
