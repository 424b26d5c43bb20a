import { SEARCH_ATTRIBUTES } from '@careerhooks/workflows';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { example, startJourney } from '../../support/journey';
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

async function workflowIds(query: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of temporal.client.workflow.list({ query })) ids.push(workflowId);
  return ids.sort();
}

/** All text that a value holds, payloads decoded. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name}: ${textOf(inner)}`)
    .join('\n');
}

test('no secret, header, body or URL path is ever part of what Temporal stores', async () => {
  const journey = await startJourney(careerHooks, 'pathfinder');
  const { receiver } = journey;
  receiver.answerChallenge = () => ({ status: 500, body: 'canary-in-challenge-answer' });
  receiver.answer = (_request, index) => ({
    status: index === 0 ? 500 : 200,
    headers: { 'x-canary': 'canary-in-answer-header' },
    body: 'canary-in-answer',
  });
  const endpoint = await journey.register({
    url: `${receiver.url}/canary-in-path?canary=in-query`,
    description: 'canary-in-description',
    headers: { Authorization: 'canary-in-header' },
    secret: 'canary-in-secret-0001',
    ed25519: true,
  });
  const challenge = JSON.parse(receiver.challenges[0]!.body.toString()) as { challenge: string };
  const event = await journey.publish({
    type: 'user.updated',
    data: { ...(example('pathfinder', 'user.updated').data as object), note: 'canary-in-data' },
    previous_attributes: { note: 'canary-in-previous-attributes' },
  });
  // The verification has a workflow once its second challenge is due.
  await waitUntil(
    () => workflowIds("WorkflowType = 'verification'"),
    (ids) => ids.length > 0,
  );
  receiver.answerChallenge = undefined;
  await journey.call('POST', `/v1/endpoints/${endpoint.id}/verify`);
  const delivery = await journey.until(event, 'delivered');
  expect(delivery.attempts).toHaveLength(2);
  await temporal.result(delivery.workflow_id!);

  let stored = '';
  for await (const workflow of temporal.client.workflow.list()) {
    const handle = temporal.client.workflow.getHandle(workflow.workflowId, workflow.runId);
    stored += textOf((await handle.fetchHistory()).events);
    stored += textOf((await handle.describe()).raw);
  }
  // The search would find what is there.
  expect(stored).toContain(delivery.id);
  expect(stored).toContain('http_500');
  expect(stored).toContain(`attempt 1 to 127.0.0.1:${receiver.port}`);

  expect(stored).not.toContain('canary');
  for (const secret of [
    endpoint.signing_key.slice('whsec_'.length),
    challenge.challenge,
    journey.token,
    String(receiver.requests[0]!.headers['webhook-signature']).split(',')[1]!,
  ]) {
    expect(stored).not.toContain(secret);
  }
});

test('the UI finds the deliveries of an endpoint that are being retried', async () => {
  const journey = await startJourney(careerHooks, 'resumebuilder');
  const endpoint = await journey.register();
  journey.receiver.answer = ({ headers }) => ({
    status: headers['x-careerhooks-event'] === 'export.completed' ? 500 : 200,
  });
  const failing = await journey.publish({ type: 'export.completed' });
  const other = await journey.publish({ type: 'resume.created' });
  const retrying = await journey.until(failing, 'retrying');
  const delivered = await journey.until(other, 'delivered');

  const ofEndpoint = `${SEARCH_ATTRIBUTES.endpoint} = '${endpoint.id}'`;
  const found = async (query: string, expected: string[]): Promise<void> => {
    await waitUntil(
      () => workflowIds(query),
      (ids) => JSON.stringify(ids) === JSON.stringify(expected),
      5_000,
    );
  };
  await found(`${ofEndpoint} and ${SEARCH_ATTRIBUTES.status} = 'retrying'`, [
    retrying.workflow_id!,
  ]);
  await found(`${ofEndpoint} and ${SEARCH_ATTRIBUTES.status} = 'delivered'`, [
    delivered.workflow_id!,
  ]);
  await found(
    `${ofEndpoint} and ${SEARCH_ATTRIBUTES.system} = 'resumebuilder' and ${SEARCH_ATTRIBUTES.eventType} = 'resume.created'`,
    [delivered.workflow_id!],
  );

  await journey.call('POST', `/v1/deliveries/${retrying.id}/cancel`);
  await found(`${ofEndpoint} and ${SEARCH_ATTRIBUTES.status} = 'cancelled'`, [
    retrying.workflow_id!,
  ]);
});
