import { setTimeout as sleep } from 'node:timers/promises';
import { defaultPayloadConverter } from '@temporalio/common';
import type { BurstOutcome } from '@careerhooks/workflows';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { startJourney } from '../../support/journey';
import { connectClient, type TestClient } from '../../support/temporal-client';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
let temporal: TestClient;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  temporal = await connectClient(careerHooks);
});
afterAll(async () => {
  await temporal.close();
  await careerHooks.stop();
});

/** Workflows of single deliveries that Temporal knows. */
async function deliveryWorkflows(): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of temporal.client.workflow.list({
    query: 'WorkflowType = "delivery"',
  })) {
    ids.push(workflowId);
  }
  return ids;
}

test('an event that comes alone has a workflow of its own, which adopts its first attempt', async () => {
  const journey = await startJourney(careerHooks);
  await journey.register();
  const delivery = await journey.until(await journey.publish(), 'delivered');
  expect(delivery.workflow_id).toBe(`delivery/${delivery.id}`);
  expect(await temporal.result(delivery.workflow_id!)).toEqual({
    status: 'delivered',
    attempts: 1,
  });
  expect(await temporal.activities(delivery.workflow_id!)).toEqual(['sign', 'adopt']);
  expect(journey.receiver.requests).toHaveLength(1);
});

test('a slow first attempt is adopted, too, and made once', async () => {
  const journey = await startJourney(careerHooks);
  await journey.register();
  journey.receiver.answer = () => ({ delayMs: 2_500 });
  const delivery = await journey.until(await journey.publish(), 'delivered');
  expect(await temporal.result(delivery.workflow_id!)).toEqual({
    status: 'delivered',
    attempts: 1,
  });
  expect(await temporal.activities(delivery.workflow_id!)).toEqual(['sign', 'adopt', 'post']);
  expect(journey.receiver.requests).toHaveLength(1);
});

test('events that come fast share a burst, which tells what it did', async () => {
  const journey = await startJourney(careerHooks);
  const { id: endpoint } = await journey.register();
  const events = await journey.publishMany(50);
  await journey.receiver.waitFor(50);
  const deliveries = await Promise.all(events.map((event) => journey.until(event, 'delivered')));

  const workflows = new Set(deliveries.map(({ workflow_id }) => workflow_id!));
  expect(workflows.size).toBe(1);
  const [burst] = [...workflows];
  expect(burst).toMatch(/^burst\//);
  expect(await temporal.result(burst!)).toEqual({
    deliveries: 50,
    endpoints: [{ endpoint, delivered: 50, retrying: 0, ended: 0 }],
    moreEndpoints: 0,
  });
  const { details } = await temporal.describe(burst!);
  expect(details).toContain('**50 deliveries**');
  expect(details).toContain(`| ${endpoint} | 50 | 0 | 0 |`);
  expect(journey.receiver.requests).toHaveLength(50);

  const alone = await deliveryWorkflows();
  expect(alone).not.toContain(`delivery/${deliveries[0]!.id}`);
});

test('ten events a second have a workflow each', async () => {
  const journey = await startJourney(careerHooks);
  await journey.register();
  const events = [];
  for (let second = 0; second < 20; second += 1) {
    events.push(await journey.publish());
    await sleep(100);
  }
  const workflows = await Promise.all(
    events.map(async (event) => {
      const { id, workflow_id } = await journey.until(event, 'delivered');
      expect(workflow_id).toBe(`delivery/${id}`);
      return temporal.result(workflow_id!);
    }),
  );
  expect(workflows).toEqual(events.map(() => ({ status: 'delivered', attempts: 1 })));
});

test('of events that begin a rush one by one, each is in the workflow that is named', async () => {
  const journey = await startJourney(careerHooks);
  const { id: endpoint } = await journey.register();
  const events = await Promise.all(Array.from({ length: 30 }, () => journey.publish()));
  await Promise.all(events.map((event) => journey.until(event, 'delivered')));
  // Those that came first join the burst a moment later.
  await sleep(200);
  const named = await Promise.all(
    events.map(async (event) => (await journey.deliveryOf(event)).workflow_id!),
  );
  const bursts = [...new Set(named)].filter((workflow) => workflow.startsWith('burst/'));
  expect(bursts).toHaveLength(1);
  expect(await temporal.result(bursts[0]!)).toMatchObject({
    endpoints: [{ endpoint, delivered: named.filter((name) => name === bursts[0]).length }],
  });
  for (const alone of named.filter((name) => name !== bursts[0])) {
    expect(await temporal.result(alone)).toMatchObject({ status: 'delivered' });
  }
});

test('while a burst runs, its heartbeats tell how far it is', async () => {
  const journey = await startJourney(careerHooks);
  const { id: endpoint } = await journey.register();
  let slow = 0;
  journey.receiver.answer = () => (slow++ < 2 ? { delayMs: 5_000 } : {});
  const [event] = await journey.publishMany(30);
  const { workflow_id: burst } = await waitUntil(
    () => journey.deliveryOf(event!),
    ({ workflow_id }) => workflow_id?.startsWith('burst/') === true,
  );
  const heartbeats = async () => {
    const { raw } = await temporal.client.workflow.getHandle(burst!).describe();
    const payload = raw.pendingActivities?.[0]?.heartbeatDetails?.payloads?.[0];
    return payload == null
      ? undefined
      : defaultPayloadConverter.fromPayload<BurstOutcome>(payload).endpoints[0];
  };
  const seen = await waitUntil(heartbeats, (now) => (now?.delivered ?? 0) > 0);
  expect(seen).toMatchObject({ endpoint, retrying: 0, ended: 0 });
  expect(seen!.delivered).toBeLessThanOrEqual(28);
  expect(await temporal.result(burst!)).toMatchObject({ endpoints: [{ delivered: 30 }] });
});

test('what a burst does not deliver goes on in a workflow of its own', async () => {
  const journey = await startJourney(careerHooks);
  const { id: endpoint } = await journey.register();
  const refused = new Set<unknown>();
  journey.receiver.answer = ({ headers }, index) => {
    const event = headers['x-careerhooks-event-id'];
    if (index % 3 > 0 || refused.size === 9 || refused.has(event)) return {};
    refused.add(event);
    return { status: 503 };
  };
  const events = await journey.publishMany(30);
  const deliveries = await Promise.all(events.map((event) => journey.until(event, 'delivered')));

  const carried = deliveries.filter(({ attempt_count }) => attempt_count === 1);
  const retried = deliveries.filter(({ attempt_count }) => attempt_count === 2);
  expect([carried.length, retried.length]).toEqual([21, 9]);
  for (const { id, workflow_id } of retried) {
    expect(workflow_id).toBe(`delivery/${id}`);
    expect(await temporal.result(workflow_id!)).toEqual({ status: 'delivered', attempts: 2 });
  }
  const [burst] = [...new Set(carried.map(({ workflow_id }) => workflow_id!))];
  expect(await temporal.result(burst!)).toMatchObject({
    deliveries: 30,
    endpoints: [{ endpoint, delivered: 21, retrying: 9, ended: 0 }],
  });
  expect(journey.receiver.requests).toHaveLength(39);
});

test('of one that is sent again after a burst, its own workflow is named', async () => {
  const journey = await startJourney(careerHooks);
  await journey.register();
  const [event] = await journey.publishMany(30);
  const delivery = await journey.until(event!, 'delivered');
  expect(delivery.workflow_id).toMatch(/^burst\//);
  // So that it comes alone.
  await sleep(1_100);
  await journey.call('POST', `/v1/deliveries/${delivery.id}/retry`);
  const again = await waitUntil(
    () => journey.delivery(delivery.id),
    ({ status, attempt_count }) => status === 'delivered' && attempt_count === 2,
  );
  expect(again.workflow_id).toBe(`delivery/${delivery.id}`);
  expect(await temporal.result(again.workflow_id!)).toMatchObject({ status: 'delivered' });
});
