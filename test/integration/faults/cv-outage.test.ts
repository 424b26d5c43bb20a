import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTemporalCli, startDevServer } from '@careerhooks/temporal';
import { instanceSettings, startCareerHooksProcess } from '../../support/process';
import { freePorts, silentLog } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';

const SECRET = 'the-webhook-secret-of-the-cv';

it('commits a change of the CV while Temporal is away, and makes its steps once it is there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'careerhooks-cv-outage-'));
  const [port, uiPort] = await freePorts(2);
  const instance = await startCareerHooksProcess({
    ...(await instanceSettings(folder)),
    TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
    CV_WEBHOOK_SECRET: SECRET,
  });
  const { call } = instance;
  const raw = JSON.stringify({ action: 'update', section: 'personalInfo', data: { name: 'A' } });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', SECRET).update(timestamp).update(raw).digest('hex');
  const sent = await call('POST', '/api/webhook/cv', undefined, {
    raw,
    headers: { 'x-webhook-signature': `sha256=${signature}`, 'x-webhook-timestamp': timestamp },
  });
  expect(sent.status).toBe(200);
  expect((await call('GET', '/api/cv')).body.cv.personalInfo).toEqual({ name: 'A' });
  const history = `/api/webhook/cv/history/${String(sent.body.id)}`;
  expect((await call('GET', history)).body).toMatchObject({ status: 'processing' });
  expect((await call('GET', '/api/cv.pdf')).status).toBe(404);

  const cli = await findTemporalCli({ env: process.env, report: () => undefined });
  const temporal = await startDevServer({ cli, dataDir: folder, port, uiPort, log: silentLog });
  try {
    await waitUntil(
      () => call('GET', history),
      ({ body }) => body.status === 'completed',
      60_000,
    );
    expect((await call('GET', '/api/cv.pdf')).status).toBe(200);
  } finally {
    await instance.end('SIGTERM');
    await temporal.stop(0);
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
