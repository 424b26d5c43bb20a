import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { channelsOf, notify } from '@careerhooks/cv';
import { createEgressClient } from '@careerhooks/egress';
import { readSmtpUrl } from '../../../cli/src/read-smtp-url';
import { startSmtpServer } from '../../support/smtp-server';

const open = { httpsOnly: false, publicOnly: false, allow: [] };
const egress = createEgressClient(open);
const notice = { title: 'CV updated', text: 'skills: <a> & b', changeId: 'change-1' };

afterAll(() => egress.close());

test('only what is configured is told', () => {
  expect(channelsOf({})).toEqual([]);
  expect(channelsOf({ slackUrl: 'http://slack', email: 'a@example.com' })).toEqual(['slack']);
  expect(channelsOf({ email: 'a@example.com', smtp: readSmtpUrl('smtp://x') })).toEqual(['email']);
});

test('an e-mail goes out over a real SMTP exchange, always with the same Message-ID', async () => {
  const smtp = await startSmtpServer();
  const settings = { email: 'owner@example.com', smtp: readSmtpUrl(smtp.url) };
  await notify('email', notice, { settings, egress, egressPolicy: open });
  await notify('email', notice, { settings, egress, egressPolicy: open });
  await smtp.stop();
  expect(smtp.messages).toHaveLength(2);
  for (const message of smtp.messages) {
    expect(message).toMatch(/^To: owner@example.com$/m);
    expect(message).toMatch(/^Subject: CV updated$/m);
    expect(message).toMatch(/^Message-ID: <change-1@careerhooks>$/m);
    expect(message).toContain('skills: <a> & b');
  }
});

test('the guard stands before SMTP, too', async () => {
  const settings = { email: 'owner@example.com', smtp: readSmtpUrl('smtp://127.0.0.1:25') };
  const egressPolicy = { httpsOnly: true, publicOnly: true, allow: [] };
  await expect(notify('email', notice, { settings, egress, egressPolicy })).rejects.toThrow(
    'not public',
  );
});

test('Slack gets its text, escaped; an answer other than 2xx is a failure', async () => {
  const bodies: string[] = [];
  let status = 200;
  const slack = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.writeHead(status).end('ok');
    });
  });
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
  const slackUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/services/T/B/x`;
  const through = { settings: { slackUrl }, egress, egressPolicy: open };
  await notify('slack', notice, through);
  expect(JSON.parse(bodies[0]!)).toEqual({ text: '*CV updated*\nskills: &lt;a&gt; &amp; b' });
  status = 500;
  await expect(notify('slack', notice, through)).rejects.toThrow('answered 500');
  slack.close();
  slack.closeAllConnections();
});
