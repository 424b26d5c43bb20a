import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { startTestCareerHooks } from '../../support/careerhooks';
import { startTestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';

const DATABASE = ['careerhooks.db', 'careerhooks.db-wal', 'careerhooks.db-shm'];

test('an endpoint that was registered after the backup that is restored still gets its events', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-restore-'));
  const backup = await mkdtemp(join(tmpdir(), 'careerhooks-backup-'));
  const env = { CAREERHOOKS_DATA_DIR: dataDir };
  const receiver = await startTestReceiver();

  const first = await startTestCareerHooks(env);
  await first.stop();
  for (const file of DATABASE) {
    await cp(join(dataDir, file), join(backup, file), { force: true }).catch(() => undefined);
  }

  const second = await startTestCareerHooks(env);
  const registered = await second.call('POST', '/v1/endpoints', {
    system: 'roleready',
    url: receiver.url,
    events: ['*'],
  });
  expect([registered.status, registered.body.status]).toEqual([201, 'active']);
  await second.stop();

  for (const file of DATABASE) {
    await rm(join(dataDir, file), { force: true });
    await cp(join(backup, file), join(dataDir, file)).catch(() => undefined);
  }
  const third = await startTestCareerHooks(env);
  const found = await third.call('GET', `/v1/endpoints/${registered.body.id}`);
  expect([found.status, found.body.status]).toEqual([200, 'active']);
  const { example } = (await third.call('GET', '/v1/systems')).body.data
    .find(({ key }: { key: string }) => key === 'roleready')
    .events.find(({ type }: { type: string }) => type === 'resume.parsed');
  await third.call('POST', '/v1/events', {
    system: 'roleready',
    user: 'user_1',
    type: 'resume.parsed',
    data: example,
  });
  await waitUntil(
    () => Promise.resolve(receiver.requests),
    ({ length }) => length > 0,
  );
  const [request] = receiver.requests;
  const headers = request!.headers as Record<string, string>;
  expect(() =>
    new Webhook(registered.body.signing_key as string).verify(request!.body, headers),
  ).not.toThrow();

  await third.stop();
  await receiver.stop();
  await rm(dataDir, { recursive: true });
  await rm(backup, { recursive: true });
});
