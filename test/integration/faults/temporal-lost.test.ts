import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import {
  type CareerHooksProcess,
  instanceSettings,
  startCareerHooksProcess,
} from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';
import {
  duplicates,
  event,
  publish,
  recordedAsDelivered,
  register,
  tell,
  waitForAll,
} from '../../support/publishing';

let dataDir: string;
let settings: Record<string, string>;
let receiver: TestReceiver;
let busy: TestReceiver;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-lost-'));
  settings = await instanceSettings(dataDir);
  receiver = await startTestReceiver();
  busy = await startTestReceiver();
  busy.answer = () => ({ status: 503, headers: { 'retry-after': '7200' } });
});

afterAll(async () => {
  await Promise.all([receiver.stop(), busy.stop()]);
  await rm(dataDir, { recursive: true, force: true });
});

/** The one delivery of an endpoint. */
async function deliveryOf(careerHooks: CareerHooksProcess, endpoint: string) {
  const { body } = await careerHooks.call('GET', `/v1/deliveries?endpoint=${endpoint}`);
  return body.data[0] as {
    id: string;
    status: string;
    attempt_count: number;
    next_attempt_at: string;
  };
}

it("starts everything again when Temporal's store is gone", async () => {
  const first = await startCareerHooksProcess(settings);
  await first.connected();
  const waiting = await register(first.call, busy.url, { user: 'user_waiting' });
  expect(
    (await first.call('POST', '/v1/events', event('evt_waiting', 'user_waiting'))).status,
  ).toBe(202);
  const before = await waitUntil(
    () => deliveryOf(first, waiting),
    (delivery) => delivery.status === 'retrying',
  );
  await register(first.call, receiver.url);
  const published = await publish(first.call, {
    prefix: 'evt',
    count: 60,
    clients: 8,
    onAccepted: (accepted) => {
      if (accepted === 40) void first.end('SIGKILL');
    },
  });
  await first.exited;
  for (const name of await readdir(dataDir)) {
    if (/^temporal-.*\.db/.test(name)) await rm(join(dataDir, name));
  }

  const recorded = await recordedAsDelivered(settings);
  const restartedAt = Date.now();
  const second = await startCareerHooksProcess(settings);
  await waitForAll(receiver, published.accepted, 90_000);
  const lastMs = Math.max(...receiver.requests.map(({ at }) => at - restartedAt));
  const twice = duplicates(receiver);
  tell(
    `Temporal's store gone: all ${published.accepted.length} accepted events had come ` +
      `${lastMs} ms after the restart; ${twice.length} came twice`,
  );
  expect(twice.filter((id) => recorded.has(id))).toEqual([]);

  const address = `127.0.0.1:${settings.CAREERHOOKS_TEMPORAL_PORT}`;
  const connection = await Connection.connect({ address });
  try {
    const workflow = new Client({ connection }).workflow.getHandle(`delivery/${before.id}`);
    const described = await waitUntil(
      () => workflow.describe().catch(() => undefined),
      (found) => found !== undefined,
    );
    expect(described?.status.name).toBe('RUNNING');
  } finally {
    await connection.close();
  }
  expect(await deliveryOf(second, waiting)).toMatchObject({
    id: before.id,
    status: 'retrying',
    attempt_count: 1,
    next_attempt_at: before.next_attempt_at,
  });

  busy.answer = () => ({});
  await second.call('POST', `/v1/deliveries/${before.id}/retry`);
  const after = await waitUntil(
    () => deliveryOf(second, waiting),
    (delivery) => delivery.status === 'delivered',
  );
  expect(after.attempt_count).toBe(2);
  expect(busy.requests.map(({ headers }) => headers['x-careerhooks-attempt'])).toEqual(['1', '2']);
  expect(await second.end('SIGTERM')).toMatchObject({ code: 0 });
});
