import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readSmtpUrl } from '../../../cli/src/read-smtp-url';
import { sendEmail } from '../../../cv/src/notify/send-email';
import { issueCertificate, type PrivateCertificate } from '../../support/private-authority';
import { ROOT } from '../../support/process';
import {
  type SmtpAbilities,
  startSmtpServer,
  type TestSmtpServer,
} from '../../support/smtp-server';

const POLICY = { httpsOnly: false, publicOnly: false, allow: [] };
const NOTICE = { title: 'CV updated', text: 'skills', changeId: 'change-1' };
/** `AUTH PLAIN` of user `mailer` and password `password` (RFC 4616). */
const LOGIN = `AUTH PLAIN ${Buffer.from('\0mailer\0password').toString('base64')}`;

let tls: PrivateCertificate;
let smtp: TestSmtpServer;

beforeAll(() => {
  tls = issueCertificate();
});
afterAll(() => tls.remove());
afterEach(() => smtp.stop());

async function start(abilities: SmtpAbilities): Promise<void> {
  smtp = await startSmtpServer(abilities);
}

/** What SMTP_URL says of the server, with a login and a query. */
function server(query = '', login = 'mailer:password@') {
  return readSmtpUrl(`${smtp.url.replace('//', `//${login}`)}${query}`);
}

function send(to = server(), deadlineMs?: number): Promise<void> {
  return sendEmail(NOTICE, { to: 'owner@example.com', smtp: to, policy: POLICY }, deadlineMs);
}

/** Sends from a process that trusts the server's certificate: Node reads whom it trusts at its start. */
async function sendTrusting(to = server(), email = 'owner@example.com'): Promise<void> {
  const program = `
    const { notify } = require('@careerhooks/cv');
    const [notice, settings, egressPolicy] = JSON.parse(process.argv[1]);
    notify('email', notice, { settings, egressPolicy }).catch((error) => {
      console.error(error.message);
      process.exitCode = 1;
    });`;
  const settings = { email, smtp: to };
  await promisify(execFile)(
    process.execPath,
    ['-e', program, JSON.stringify([NOTICE, settings, POLICY])],
    { cwd: ROOT, env: { ...process.env, NODE_EXTRA_CA_CERTS: tls.authority } },
  );
}

describe('a login', () => {
  test('is sent after STARTTLS, to a server whose certificate is trusted', async () => {
    await start({ tls, auth: true });
    await sendTrusting();
    expect(smtp.messages).toHaveLength(1);
    expect(smtp.commands).toEqual([
      ...['EHLO', 'STARTTLS', 'EHLO (TLS)', `${LOGIN} (TLS)`],
      ...['MAIL (TLS)', 'RCPT (TLS)', 'DATA (TLS)'],
    ]);
  });

  test('is sent over TLS from the first byte on, with smtps:', async () => {
    await start({ tls, auth: true, implicit: true });
    await sendTrusting();
    expect(smtp.messages).toHaveLength(1);
    expect(smtp.commands).toContain(`${LOGIN} (TLS)`);
  });

  test('goes to nobody whose certificate is not trusted, nor does the mail; the error says what to do', async () => {
    const refusal = {
      code: 'CERTIFICATE_NOT_TRUSTED',
      message: expect.stringMatching(
        /certificate of the mail server 127.0.0.1 .*NODE_EXTRA_CA_CERTS/,
      ),
    };
    await start({ tls, auth: true });
    await expect(send()).rejects.toMatchObject(refusal);
    await smtp.stop();
    expect(smtp.commands).toEqual(['EHLO', 'STARTTLS']);
    await start({ tls, auth: true, implicit: true });
    await expect(send()).rejects.toMatchObject(refusal);
    expect(smtp.commands).toEqual([]);
  });

  test('goes to no server without STARTTLS, nor does the mail', async () => {
    await start({ auth: true });
    await expect(send()).rejects.toThrow();
    expect(smtp.commands.filter((command) => command.startsWith('AUTH'))).toEqual([]);
    expect(smtp.messages).toEqual([]);
  });

  test('goes out in the clear where the operator says tls=off', async () => {
    await start({ tls, auth: true });
    await send(server('?tls=off'));
    expect(smtp.commands).toContain(LOGIN);
    expect(smtp.commands).not.toContain('STARTTLS');
    expect(smtp.messages).toHaveLength(1);
  });

  test('is never left out because the server offers none', async () => {
    await start({});
    await expect(send(server('?tls=off'))).rejects.toThrow();
    expect(smtp.messages).toEqual([]);
  });
});

describe('an internal relay without a login', () => {
  test('gets the mail as it is where it has no TLS', async () => {
    await start({});
    await send(server('', ''));
    expect(smtp.messages).toHaveLength(1);
  });

  test('gets it over TLS where it has', async () => {
    await start({ tls });
    await sendTrusting(server('', ''));
    expect(smtp.commands).toContain('MAIL (TLS)');
  });

  test('gets none without TLS where the operator says tls=required', async () => {
    await start({});
    await expect(send(server('?tls=required', ''))).rejects.toThrow();
    expect(smtp.messages).toEqual([]);
  });
});

test('the sender is the one that is named, with its plus sign', async () => {
  await start({});
  await send(server('?from=The%20CV%20%3Chooks+cv@example.com%3E', ''));
  expect(smtp.messages[0]).toMatch(/^From: The CV <hooks\+cv@example.com>$/m);
});

describe('an address that is not all ASCII', () => {
  const mailTo = (to: string, from: string): Promise<void> =>
    sendEmail(NOTICE, { to, smtp: { ...server('', ''), from }, policy: POLICY });

  test('has its domain in A-labels, for any server', async () => {
    await start({});
    await mailTo('owner@bücher.example', 'The CV <cv@münchen.example>');
    expect(smtp.envelope).toEqual([
      'MAIL FROM:<cv@xn--mnchen-3ya.example>',
      'RCPT TO:<owner@xn--bcher-kva.example>',
    ]);
    expect(smtp.messages[0]).toMatch(/^To: owner@xn--bcher-kva\.example$/m);
  });

  test('goes to a server that offers SMTPUTF8 as it is', async () => {
    await start({ utf8: true });
    await mailTo('josé@example.com', 'cv@example.com');
    expect(smtp.envelope).toEqual([
      'MAIL FROM:<cv@example.com> SMTPUTF8',
      'RCPT TO:<josé@example.com>',
    ]);
    expect(smtp.messages[0]).toMatch(/^To: josé@example\.com$/m);
  });

  test('also where it offers that over TLS alone', async () => {
    await start({ tls, utf8: true });
    await sendTrusting(server('', ''), 'josé@example.com');
    expect(smtp.envelope).toContain('RCPT TO:<josé@example.com>');
    expect(smtp.commands).toContain('MAIL (TLS)');
  });

  test.each([
    ['josé@example.com', 'cv@example.com'],
    ['owner@example.com', 'The CV <josé@example.com>'],
  ])('is refused for good by a server that does not: %s from %s', async (to, from) => {
    await start({});
    await expect(mailTo(to, from)).rejects.toMatchObject({
      code: 'SMTPUTF8_NOT_OFFERED',
      final: true,
      message: expect.stringMatching(/does not take josé@example.com.*CV_NOTIFY_EMAIL/),
    });
    expect(smtp.envelope).toEqual([]);
  });
});

test('a server that trickles its answer for ever is left at the deadline', async () => {
  await start({});
  smtp.trickles = 20;
  const startedAt = performance.now();
  await expect(send(server('', ''), 500)).rejects.toThrow('within 0.5 s');
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
