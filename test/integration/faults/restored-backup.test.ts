import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { startTestCareerHooks } from '../../support/careerhooks';
import { startTestReceiver } from '../../support/receiver';
import { connectClient } from '../../support/temporal-client';
import { waitUntil } from '../../support/wait-until';
import { event, eventIdOf, register } from '../../support/publishing';

const DATABASE = ['careerhooks.db', 'careerhooks.db-wal', 'careerhooks.db-shm'];

/** Copies the database of a stopped instance; what was there before goes. */
async function copyDatabase(from: string, to: string): Promise<void> {
  for (const file of DATABASE) {
    await rm(join(to, file), { force: true });
    await cp(join(from, file), join(to, file)).catch(() => undefined);
  }
}

test('an endpoint that was registered after the backup that is restored still gets its events', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-restore-'));
  const backup = await mkdtemp(join(tmpdir(), 'careerhooks-backup-'));
  const env = { CAREERHOOKS_DATA_DIR: dataDir };
  const receiver = await startTestReceiver();

  const first = await startTestCareerHooks(env);
  await first.stop();
  await copyDatabase(dataDir, backup);

  const second = await startTestCareerHooks(env);
  const registered = await second.call('POST', '/v1/endpoints', {
    system: 'roleready',
    url: receiver.url,
    events: ['*'],
  });
  expect([registered.status, registered.body.status]).toEqual([201, 'active']);
  await second.stop();

  await copyDatabase(backup, dataDir);
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

test("a database that is older than Temporal's store is the truth: what it has goes out, what it lacks ends", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-restore-'));
  const backup = await mkdtemp(join(tmpdir(), 'careerhooks-backup-'));
  const env = { CAREERHOOKS_DATA_DIR: dataDir };
  const receiver = await startTestReceiver();
  const busy = { status: 503, headers: { 'retry-after': '12' } };

  const first = await startTestCareerHooks(env);
  await register(first.call, receiver.url);
  receiver.answer = () => busy;
  await first.call('POST', '/v1/events', event('in_backup'));
  await receiver.waitFor(1);
  await first.stop();
  await copyDatabase(dataDir, backup);

  const second = await startTestCareerHooks(env);
  await second.call('POST', '/v1/events', event('since'));
  const { body } = await waitUntil(
    () => second.call('GET', '/v1/deliveries?status=retrying&limit=1'),
    (answer) => answer.body.data[0]?.event_id === 'since',
  );
  const [unknown] = body.data as { id: string }[];
  await second.stop();
  await copyDatabase(backup, dataDir);
  receiver.answer = () => ({});
  receiver.requests.length = 0;

  const third = await startTestCareerHooks(env);
  expect((await third.call('POST', '/v1/events', event('new'))).status).toBe(202);
  const come = () => Promise.resolve(receiver.requests.map(eventIdOf).sort());
  await waitUntil(come, (ids) => ids.includes('in_backup') && ids.includes('new'), 60_000);
  const client = await connectClient(third);
  await expect(client.result(`delivery/${unknown!.id}`)).resolves.toMatchObject({ status: 'gone' });
  expect(await come()).toEqual(['in_backup', 'new']);

  await client.close();
  await third.stop();
  await receiver.stop();
  await rm(dataDir, { recursive: true });
  await rm(backup, { recursive: true });
}, 120_000);
