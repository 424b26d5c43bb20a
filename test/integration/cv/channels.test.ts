import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueCertificate, type PrivateCertificate } from '../../support/private-authority';
import {
  type CareerHooksProcess,
  instanceSettings,
  startCareerHooksProcess,
} from '../../support/process';
import { connectClient } from '../../support/temporal-client';
import { startSmtpServer, type TestSmtpServer } from '../../support/smtp-server';
import { waitUntil } from '../../support/wait-until';

/** A Slack that answers so, and counts what it took. */
const slack = { status: 200, told: 0 };
let slackServer: Server;
let tls: PrivateCertificate;
let smtp: TestSmtpServer;
let folder: string;
let settings: Record<string, string>;
let instance: CareerHooksProcess;

beforeAll(async () => {
  tls = issueCertificate();
  smtp = await startSmtpServer({ tls });
  slackServer = createServer((request, response) => {
    request.resume().on('end', () => {
      if (slack.status === 200) slack.told += 1;
      response.writeHead(slack.status).end();
    });
  });
  await new Promise<void>((resolve) => slackServer.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(join(tmpdir(), 'careerhooks-channels-'));
  settings = {
    ...(await instanceSettings(folder)),
    LOG_LEVEL: 'silent',
    CV_NOTIFY_SLACK_URL: `http://127.0.0.1:${(slackServer.address() as AddressInfo).port}/services/x`,
    CV_NOTIFY_EMAIL: 'owner@bücher.example',
    SMTP_URL: smtp.url,
  };
});
afterAll(async () => {
  await instance.end('SIGTERM');
  await smtp.stop();
  slackServer.close();
  slackServer.closeAllConnections();
  tls.remove();
  await rm(folder, { recursive: true, force: true });
});

async function start(more: Record<string, string> = {}): Promise<void> {
  instance = await startCareerHooksProcess({ ...settings, ...more });
  await instance.connected();
}

async function change(name: string): Promise<string> {
  const { body } = await instance.call('POST', '/v1/cv/changes', {
    ...{ action: 'update', section: 'personalInfo', data: { name } },
  });
  return body.id as string;
}

/** The notification of a change, once it is as wanted. */
async function notification(
  id: string,
  isWanted: (channels: { channel: string; status: string }[], status: string) => boolean,
) {
  const { body } = await waitUntil(
    () => instance.call('GET', `/v1/cv/changes/${id}`),
    (answer) => isWanted(answer.body.steps.at(-1).channels ?? [], answer.body.status as string),
    60_000,
  );
  return body.steps.at(-1);
}

/** Waits until the workflow of a change, which goes on for a moment after the change has ended, is over. */
async function workflowEnds(id: string): Promise<void> {
  const temporalPort = Number(settings.CAREERHOOKS_TEMPORAL_PORT);
  const temporal = await connectClient({ settings: { temporalPort } });
  await temporal.result(`cv-update/${id}`);
  await temporal.close();
}

const isRetried = (channels: { channel: string; status: string; tries?: number }[], name: string) =>
  channels.some(
    ({ channel, status, tries = 0 }) => channel === name && status === 'retrying' && tries > 0,
  );

test('a mail server of a private authority is told of once that is trusted, and Slack is not told again', async () => {
  await start();
  const id = await change('First');
  const waiting = await notification(
    id,
    (channels) =>
      isRetried(channels, 'email') && channels.some(({ status }) => status === 'completed'),
  );
  expect(waiting).toMatchObject({
    step: 'notification',
    status: 'retrying',
    error: { code: 'CERTIFICATE_NOT_TRUSTED' },
    channels: [
      {
        channel: 'email',
        error: { message: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string },
      },
      { channel: 'slack', status: 'completed', tries: 1, error: null },
    ],
  });
  expect(slack.told).toBe(1);
  await instance.end('SIGKILL');

  await start({ NODE_EXTRA_CA_CERTS: tls.authority });
  const done = await notification(id, (_, status) => status === 'completed');
  expect(done).toMatchObject({ status: 'completed', error: null });
  expect(smtp.messages).toHaveLength(1);
  expect(smtp.commands).toContain('MAIL (TLS)');
  expect(smtp.messages[0]).toMatch(/^To: owner@xn--bcher-kva\.example$/m);
  expect(slack.told).toBe(1);
}, 150_000);

test('a Slack that is down holds up no e-mail, which is sent once', async () => {
  slack.status = 503;
  const before = smtp.messages.length;
  const id = await change('Second');
  await notification(
    id,
    (channels) =>
      isRetried(channels, 'slack') && channels.some(({ status }) => status === 'completed'),
  );
  expect(smtp.messages).toHaveLength(before + 1);
  slack.status = 200;
  const done = await notification(id, (_, status) => status === 'completed');
  expect(done.channels).toMatchObject([
    { channel: 'email', status: 'completed', tries: 1 },
    { channel: 'slack', status: 'completed' },
  ]);
  expect(done.channels[1].tries).toBeGreaterThan(1);
  expect(smtp.messages).toHaveLength(before + 1);
  expect(slack.told).toBe(2);
}, 90_000);

test('an address that the mail server cannot take is given up at once; the replay tells that channel alone', async () => {
  await instance.end('SIGTERM');
  await start({ NODE_EXTRA_CA_CERTS: tls.authority, CV_NOTIFY_EMAIL: 'josé@example.com' });
  const before = { slack: slack.told, mails: smtp.messages.length };
  const id = await change('Third');
  const failed = await notification(id, (_, status) => status === 'failed');
  expect(failed).toMatchObject({
    status: 'failed',
    error: { code: 'SMTPUTF8_NOT_OFFERED' },
    channels: [
      { channel: 'email', status: 'failed', tries: 1 },
      { channel: 'slack', status: 'completed', tries: 1 },
    ],
  });
  await workflowEnds(id);
  await instance.end('SIGTERM');

  await start({ NODE_EXTRA_CA_CERTS: tls.authority });
  await instance.call('POST', `/api/webhook/cv/history/${id}/replay`);
  await notification(id, (_, status) => status === 'completed');
  expect(slack.told).toBe(before.slack + 1);
  expect(smtp.messages).toHaveLength(before.mails + 1);
}, 120_000);
