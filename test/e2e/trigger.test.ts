import { randomUUID } from 'node:crypto';
import { encodeBody, findSystem, JsonText, systems } from '@careerhooks/systems';
import { startTestReceiver, type TestReceiver } from '../support/receiver';
import { waitUntil } from '../support/wait-until';
import { setStage, type Stage } from './support/stage';
import { triggered } from './support/workflow';

let stage: Stage;
let receiver: TestReceiver;

beforeAll(async () => {
  [stage, receiver] = await Promise.all([setStage(), startTestReceiver()]);
});

afterAll(() => Promise.all([stage.stop(), receiver.stop()]));

/** What the trigger put out in an execution. */
const itemOf = (execution: Awaited<ReturnType<Stage['n8n']['executions']>>[number]) =>
  execution.data.resultData.runData['CareerHooks Trigger']?.[0]?.data?.main[0]?.[0]?.json;

it('registers when its workflow is published, and starts it with each event', async () => {
  const credential = await stage.credential('roleready');
  const workflow = await stage.n8n.createWorkflow(
    triggered('Parsed résumés', credential, { system: 'roleready', events: ['resume.*'] }),
  );
  await stage.n8n.publish(workflow);

  const [endpoint, ...others] = await stage.endpoints('roleready');
  expect(others).toEqual([]);
  expect(endpoint).toMatchObject({ status: 'active', system: 'roleready', events: ['resume.*'] });
  expect(endpoint?.url).toContain(`${stage.n8n.url}/webhook/`);
  expect(endpoint?.verification?.verified_at).not.toBeNull();

  const publishedAt = Date.now();
  const event = await stage.publish({ system: 'roleready', type: 'resume.parsed' });
  const [execution] = await stage.n8n.waitForExecutions(workflow, 1);
  const tookMs = Date.parse(execution?.startedAt ?? '') - publishedAt;
  process.stdout.write(`From publication to execution: ${tookMs} ms.\n`);
  expect(execution?.status).toBe('success');
  expect(itemOf(execution!)).toEqual({
    id: event.id,
    type: 'resume.parsed',
    system: 'roleready',
    deliveryId: expect.stringMatching(/^\S+$/) as string,
    attempt: 1,
    lastAttempt: false,
    occurredAt: expect.stringMatching(/^20.*Z$/) as string,
    receivedAt: expect.any(String) as string,
    user: 'user_1',
    data: findSystem('roleready')?.events['resume.parsed']?.example,
  });
  await stage.n8n.unpublish(workflow);
});

describe.each([...systems.values()])('$name', (system) => {
  const { key, events } = system;
  const [type = '', { example = {} } = {}] = Object.entries(events)[0] ?? [];

  it(`hands ${type} to the workflow, with its data as documented`, async () => {
    const credential = await stage.credential(key);
    const n8n = stage.n8n;
    const [simple, raw] = await Promise.all(
      [true, false].map((simplify) =>
        n8n.createWorkflow(
          triggered(`${key} ${simplify}`, credential, { system: key, events: ['*'], simplify }),
        ),
      ),
    );
    await n8n.publish(simple!);
    await n8n.publish(raw!);
    const event = await stage.publish({ system: key, type });
    expect(event.deliveries).toBeGreaterThanOrEqual(2);

    const [simpleRun] = await n8n.waitForExecutions(simple!, 1);
    const item = itemOf(simpleRun!);
    expect(item).toMatchObject({ id: event.id, system: key, type, attempt: 1 });
    expect(item.data).toMatchObject(example);

    const [rawRun] = await n8n.waitForExecutions(raw!, 1);
    const data = JsonText.of(example);
    const facts = { id: event.id, type, user: 'user_1', data, createdAt: Date.now() };
    const documented = encodeBody(system, facts, { id: randomUUID() });
    const { body } = itemOf(rawRun!);
    expect(Object.keys(body)).toEqual(Object.keys(JSON.parse(documented.toString())));
    await n8n.unpublish(simple!);
    await n8n.unpublish(raw!);
    expect(await stage.endpoints(key)).toEqual([]);
  });
});

describe('the test of a credential', () => {
  const test = (token: string, baseUrl = stage.careerHooks().url) =>
    stage.n8n.testCredential({
      name: 'Tested',
      type: 'careerHooksApi',
      data: { baseUrl, token },
    });

  it('names system and user of a key', async () => {
    const { body } = await stage.careerHooks().call('POST', '/v1/keys', {
      system: 'proposals',
      user: 'user_42',
      scopes: ['manage'],
    });
    const { status, message } = await test(body.token);
    expect(status).toBe('OK');
    expect(message).toContain('proposals');
    expect(message).toContain('user_42');
  });

  it('tells a wrong token from a server that is not there', async () => {
    const wrong = await test('chk_wrong');
    expect(wrong.status).toBe('Error');
    expect(wrong.message).toContain('Check the token');
    const nobody = await test('chk_wrong', 'http://127.0.0.1:9');
    expect(nobody.status).toBe('Error');
    expect(nobody.message).toContain('cannot be reached at http://127.0.0.1:9');
  });
});

describe('while the editor listens for a test event', () => {
  it('has a registration of its own, which goes with the event, and leaves production alone', async () => {
    const { n8n } = stage;
    const credential = await stage.credential('proposals');
    const workflow = await n8n.createWorkflow(
      triggered('Proposals', credential, { system: 'proposals', events: ['proposal.created'] }),
    );
    await n8n.publish(workflow);
    const [production] = await stage.endpoints('proposals');

    await n8n.listen(workflow);
    const both = await stage.endpoints('proposals');
    expect(both.map(({ status }) => status)).toEqual(['active', 'active']);
    const test = both.find(({ id }) => id !== production?.id);
    expect(test?.url).toContain(`${n8n.url}/webhook-test/`);
    expect(test?.description).toContain('(test)');
    // After a crash of n8n, it would be tried for a day, at a URL that is gone.
    expect(test?.max_retries).toBe(0);
    expect(Date.parse(test?.ends_at ?? '') - Date.now()).toBeLessThan(5 * 60_000);

    await stage.publish({ system: 'proposals', type: 'proposal.created' });
    const executions = await n8n.waitForExecutions(workflow, 2);
    expect(executions.map(({ mode }) => mode).sort()).toEqual(['manual', 'webhook']);
    expect(executions.map((execution) => itemOf(execution).data.proposal_id)).toEqual([
      'prop_123',
      'prop_123',
    ]);
    await waitUntil(
      () => stage.endpoints('proposals'),
      (left) => left.length === 1 && left[0]?.id === production?.id,
    );

    await stage.publish({ system: 'proposals', type: 'proposal.created' });
    await n8n.waitForExecutions(workflow, 3);
    await n8n.unpublish(workflow);
  });

  it('is gone from CareerHooks when the editor stops listening', async () => {
    const credential = await stage.credential('pathfinder');
    const workflow = await stage.n8n.createWorkflow(
      triggered('Never published', credential, { system: 'pathfinder', events: ['*'] }),
    );
    await stage.n8n.listen(workflow);
    expect(await stage.endpoints('pathfinder')).toHaveLength(1);
    await stage.n8n.stopListening(workflow);
    await waitUntil(
      () => stage.endpoints('pathfinder'),
      (left) => left.length === 0,
    );
  });
});

it('refuses what CareerHooks did not sign, a challenge too, and runs nothing', async () => {
  const credential = await stage.credential('roleready');
  const workflow = await stage.n8n.createWorkflow(
    triggered('Attacked', credential, { system: 'roleready', events: ['*'] }),
  );
  await stage.n8n.publish(workflow);
  const url = (await stage.endpoints('roleready')).find(({ description }) =>
    description.includes('Attacked'),
  )?.url;
  const forgeries = [
    { type: 'resume.parsed', data: {} },
    { type: 'webhook.verify', challenge: 'of a stranger' },
  ];
  for (const forgery of forgeries) {
    const answer = await fetch(url!, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': randomUUID(),
        'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
        'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
      },
      body: JSON.stringify(forgery),
    });
    // The first has it renew its registration, which may be old.
    expect(answer.status).toBe(forgery === forgeries[0] ? 503 : 401);
    expect(await answer.text()).not.toContain('of a stranger');
  }
  // What is signed gets in; what came before it would have left its execution by now.
  await stage.publish({ system: 'roleready', type: 'resume.parsed' });
  await stage.n8n.waitForExecutions(workflow, 1);
  expect(await stage.n8n.executions(workflow)).toHaveLength(1);
  await stage.n8n.unpublish(workflow);
});

describe('publishing', () => {
  it('again and again never makes two registrations; unpublishing removes the one', async () => {
    const { n8n } = stage;
    const credential = await stage.credential('resumebuilder');
    const workflow = await n8n.createWorkflow(
      triggered('Exports', credential, { system: 'resumebuilder', events: ['export.*'] }),
    );
    const registered = async () => (await stage.endpoints('resumebuilder')).length;
    await n8n.publish(workflow);
    await n8n.publish(workflow);
    expect(await registered()).toBe(1);
    await n8n.unpublish(workflow);
    expect(await registered()).toBe(0);
    await n8n.publish(workflow);
    expect(await registered()).toBe(1);
    await n8n.unpublish(workflow);
    expect(await registered()).toBe(0);
  });

  it('takes over what was changed in the workflow', async () => {
    const { n8n } = stage;
    const credential = await stage.credential('resumebuilder');
    const workflow = await n8n.createWorkflow(
      triggered('Changed', credential, { system: 'resumebuilder', events: ['export.*'] }),
    );
    await n8n.publish(workflow);
    const changed = await n8n.changeWorkflow(workflow, {
      system: 'resumebuilder',
      events: ['resume.created'],
    });
    await n8n.publish(changed);
    const all = await stage.endpoints('resumebuilder');
    expect(all.map(({ events, status }) => ({ events, status }))).toEqual([
      { events: ['resume.created'], status: 'active' },
    ]);
    await n8n.unpublish(changed);
  });
});

it('is started again by the next attempt where the workflow has to succeed first', async () => {
  receiver.answer = (_, index) => ({ status: index < 2 ? 500 : 200 });
  const credential = await stage.credential('roleready');
  const workflow = await stage.n8n.createWorkflow(
    triggered(
      'Fails twice',
      credential,
      {
        system: 'roleready',
        events: ['resume.parsed'],
        acknowledge: 'lastNode',
        schedule: 'system',
      },
      [
        {
          name: 'Pass it on',
          type: 'n8n-nodes-base.httpRequest',
          typeVersion: 4.2,
          parameters: { method: 'POST', url: receiver.url },
        },
      ],
    ),
  );
  await stage.n8n.publish(workflow);
  const event = await stage.publish({ system: 'roleready', type: 'resume.parsed' });
  const executions = await stage.n8n.waitForExecutions(workflow, 3);
  expect(executions.map(({ status }) => status)).toEqual(['error', 'error', 'success']);
  expect(executions.map((execution) => itemOf(execution).id)).toEqual(Array(3).fill(event.id));
  await waitUntil(
    () => stage.careerHooks().call('GET', `/v1/deliveries?event=${event.id}`),
    ({ body: { data } }) =>
      data.some(
        ({ status, attempt_count }: { status: string; attempt_count: number }) =>
          status === 'delivered' && attempt_count === 3,
      ),
  );
  await stage.n8n.unpublish(workflow);
});
