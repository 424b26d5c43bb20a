import { createHmac } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PURGE_ID } from '@careerhooks/workflows';
import { temporal as proto } from '@temporalio/proto';
import { startTestCareerHooks, type TestCareerHooks } from '../support/careerhooks';
import { startJourney } from '../support/journey';
import { connectClient } from '../support/temporal-client';
import { waitUntil } from '../support/wait-until';

const { History } = proto.api.history.v1;

/**
 * Runs each workflow on a real server and writes its history to `<name>.json`.
 * They stand for workflows that are under way while CareerHooks is updated, so
 * they are recorded anew only where a change of the workflows is released that
 * need not carry older ones on. Those whose names tell of what they were before
 * are kept as they are.
 */
export async function recordHistories(): Promise<void> {
  const careerHooks = await startTestCareerHooks();
  const temporal = await connectClient(careerHooks);

  async function record(name: string, workflowId: string): Promise<void> {
    await temporal.result(workflowId);
    const history = await temporal.client.workflow.getHandle(workflowId).fetchHistory();
    // Machine and process are nobody's business, and would differ each time.
    const plain = History.toObject(History.fromObject(history), PLAIN);
    const json = JSON.stringify(plain, withoutIdentity, 2);
    await writeFile(join(__dirname, `${name}.json`), `${json}\n`);
  }

  try {
    const success = await startJourney(careerHooks);
    await success.register();
    const delivered = await success.until(await success.publish(), 'delivered');
    await record('delivery-delivered', delivered.workflow_id!);

    success.receiver.answer = () => ({ delayMs: 2_500 });
    const slow = await success.until(await success.publish(), 'delivered');
    await record('delivery-slow', slow.workflow_id!);

    success.receiver.answer = (_, index) => ({ status: index % 2 === 0 ? 200 : 500 });
    const [first] = await success.publishMany(30);
    const { workflow_id: burst } = await success.until(first!, 'delivered');
    await record('burst', burst!);

    const failing = await startJourney(careerHooks, 'resumebuilder');
    await failing.register();
    failing.receiver.answer = () => ({ status: 500 });
    const event = await failing.publish();
    const { id, workflow_id } = await failing.until(event, 'retrying');
    await failing.call('POST', `/v1/deliveries/${id}/retry`);
    await waitUntil(
      () => failing.delivery(id),
      (delivery) => delivery.attempt_count === 2,
    );
    await failing.call('POST', `/v1/deliveries/${id}/cancel`);
    await record('delivery-hurried-and-cancelled', workflow_id!);

    const retried = await startJourney(careerHooks, 'pathfinder');
    await retried.register();
    retried.receiver.answer = () => ({ status: 500 });
    const failed = await retried.until(await retried.publish(), 'failed');
    await record('delivery-failed', failed.workflow_id!);

    const pending = await startJourney(careerHooks, 'proposals');
    pending.receiver.answerChallenge = () => ({ status: 500 });
    const endpoint = await pending.register();
    await waitUntil(
      () => Promise.resolve(pending.receiver.challenges.length),
      (challenges) => challenges === 2,
    );
    pending.receiver.answerChallenge = undefined;
    await record('verification-verified', `verification/${endpoint.id}`);

    await record('cv-update', `cv-update/${await changeCv(careerHooks)}`);

    const schedule = temporal.client.schedule.getHandle(PURGE_ID);
    await schedule.trigger();
    const { info } = await waitUntil(
      () => schedule.describe(),
      (described) => described.info.recentActions.length > 0,
    );
    await record('purge', info.recentActions[0]!.action.workflow.workflowId);
  } finally {
    await temporal.close();
    await careerHooks.stop();
  }
}

/** Sends a signed webhook to the CV; returns the id of the change. */
async function changeCv(careerHooks: TestCareerHooks): Promise<string> {
  const secret = await readFile(join(careerHooks.dataDir, 'cv-webhook-secret'), 'utf8');
  const raw = JSON.stringify({ action: 'update', section: 'personalInfo', data: { name: 'Name' } });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret.trim()).update(timestamp).update(raw).digest('hex');
  const { body } = await careerHooks.call('POST', '/api/webhook/cv', undefined, {
    raw,
    headers: { 'x-webhook-signature': signature, 'x-webhook-timestamp': timestamp },
  });
  const { id } = body as { id: string };
  await waitUntil(
    () => careerHooks.call('GET', `/api/webhook/cv/history/${id}`),
    (answer) => answer.body.status === 'completed',
  );
  return id;
}

/** The recorded histories, as the worker replays them. */
export async function readHistories(): Promise<{ workflowId: string; history: unknown }[]> {
  const names = (await readdir(__dirname)).filter((name) => name.endsWith('.json'));
  return Promise.all(
    names.map(async (name) => {
      const plain: unknown = JSON.parse(await readFile(join(__dirname, name), 'utf8'));
      return { workflowId: name, history: History.fromObject(plain as object) };
    }),
  );
}

/** How protobuf becomes JSON that it can be read from again. */
const PLAIN = { longs: String, enums: String, bytes: String };

function withoutIdentity(name: string, value: unknown): unknown {
  return name === 'identity' ? 'worker' : value;
}
