import { findSystem } from '@careerhooks/systems';
import { startTestReceiver, type TestReceiver } from '../support/receiver';
import { waitUntil } from '../support/wait-until';
import { type Gate, startGate } from './support/gate';
import type { Execution } from './support/execution';
import { setStage, type Stage } from './support/stage';
import { chain, type WorkflowNode, type NodeCredential } from './support/workflow';

/** Its long form, `OUTCOME_EVENTS=10050`, is past the 10,000 that n8n's own Remove Duplicates knows. */
const EVENTS = Number(process.env.OUTCOME_EVENTS ?? 100);
const EVENTS_AT_ONCE = 10;

const SYSTEM = 'resumebuilder';
const TYPE = 'resume.created';
const EXAMPLE = findSystem(SYSTEM)!.events[TYPE]!.example;

let gate: Gate;
let stage: Stage;
let credentials: NodeCredential;
/** What the workflows act on. */
let sink: TestReceiver;

beforeAll(async () => {
  [gate, sink] = await Promise.all([startGate(), startTestReceiver()]);
  stage = await setStage({ WEBHOOK_URL: gate.url });
  gate.leadsTo = stage.n8n.url;
  credentials = await stage.credential(SYSTEM);
});
afterAll(() => Promise.all([stage.stop(), sink.stop(), gate.stop()]));

beforeEach(() => {
  sink.requests.length = 0;
  sink.answer = () => ({});
  gate.loses = 0;
});

const published: Workflow[] = [];
afterEach(async () => {
  for (const workflow of published.splice(0)) await stage.n8n.unpublish(workflow);
});

type Workflow = Awaited<ReturnType<Stage['n8n']['createWorkflow']>>;

/** A workflow that acts once on each event, published. */
async function publishWorkflow(
  name: string,
  { options = {}, settings = {} }: { options?: object; settings?: object } = {},
): Promise<Workflow> {
  const delivery = (operation: string, parameters: object): Omit<WorkflowNode, 'position'> => ({
    name: operation,
    type: 'n8n-nodes-careerhooks.careerHooks',
    typeVersion: 1,
    parameters: { resource: 'delivery', operation, ...parameters },
    credentials,
  });
  const workflow = chain(name, [
    {
      name: 'CareerHooks Trigger',
      type: 'n8n-nodes-careerhooks.careerHooksTrigger',
      typeVersion: 1,
      parameters: { system: SYSTEM, events: [TYPE], acknowledge: 'lastNode', options },
      credentials,
    },
    delivery('skipIfDone', {}),
    {
      name: 'Act',
      type: 'n8n-nodes-base.httpRequest',
      typeVersion: 4.2,
      parameters: {
        method: 'POST',
        url: sink.url,
        sendBody: true,
        specifyBody: 'json',
        jsonBody: '={{ JSON.stringify({ id: $json.id }) }}',
      },
    },
    delivery('reportOutcome', {}),
  ]);
  Object.assign(workflow.settings, settings);
  const created = await stage.n8n.createWorkflow(workflow);
  published.push(created);
  await stage.n8n.publish(created);
  return created;
}

/** Publishes an event; gives the path of its delivery in the API. What is detached has one, too, held. */
async function publishEvent(): Promise<string> {
  const { id } = await stage.publish({ system: SYSTEM, type: TYPE });
  const [endpoint] = await stage.endpoints(SYSTEM);
  const query = `event=${id}&endpoint=${endpoint!.id}`;
  const { body } = await stage.careerHooks().call('GET', `/v1/deliveries?${query}`);
  return `/v1/deliveries/${body.data[0].id}`;
}

const shown = async (path: string) => (await stage.careerHooks().call('GET', path)).body;
const until = (path: string, status: string) =>
  waitUntil(
    () => shown(path),
    (delivery) => delivery.status === status,
    60_000,
  );
const retry = (path: string) => stage.careerHooks().call('POST', `${path}/retry`);
const hasFailed = ({ status }: Execution) => status === 'error';

test('a workflow that fails gets its event again, and acts once in the end', async () => {
  sink.answer = (_, index) => ({ status: index === 0 ? 500 : 200 });
  const workflow = await publishWorkflow('Fails once');
  const delivery = await publishEvent();
  const executions = await stage.n8n.waitForExecutions(workflow, 2);
  expect(executions.map(({ status }) => status)).toEqual(['error', 'success']);
  expect(sink.requests.map(({ answered }) => answered?.status)).toEqual([500, 200]);
  expect((await until(delivery, 'delivered')).outcome).toMatchObject({
    status: 'done',
    claimant: `n8n execution ${executions[1]!.id}`,
    attempt: 2,
  });
});

test('a delivery that comes twice, since its answer was lost, acts once', async () => {
  const workflow = await publishWorkflow('Answer lost');
  gate.loses = 1;
  const delivery = await publishEvent();
  const { attempts } = await until(delivery, 'delivered');
  expect(attempts).toHaveLength(2);
  expect(await gate.repeat()).toBe(200);
  await stage.n8n.waitForExecutions(workflow, 3);
  expect(sink.requests).toHaveLength(1);

  // Whoever has it replayed wants it again.
  const [endpoint] = await stage.endpoints(SYSTEM);
  await stage
    .careerHooks()
    .call('POST', `/v1/endpoints/${endpoint!.id}/replay`, { status: ['delivered'] });
  const executions = await stage.n8n.waitForExecutions(workflow, 4);
  expect(executions.map(({ status }) => status)).toEqual(Array(4).fill('success'));
  expect(sink.requests).toHaveLength(2);
  expect((await shown(delivery)).outcome).toMatchObject({ status: 'done' });
});

describe('while an execution is still at work, after its trigger has stopped waiting', () => {
  let workflow: Workflow;
  let delivery: string;
  /** The next attempt's execution. */
  let refused: Execution;
  let finish: () => void;

  beforeEach(async () => {
    const finished = new Promise<void>((resolve) => (finish = resolve));
    sink.answer = async (_, index) => {
      if (index === 0) await finished;
      return {};
    };
    workflow = await publishWorkflow('Slow', { options: { timeout: 1 } });
    delivery = await publishEvent();
    const executions = await waitUntil(
      () => stage.n8n.executions(workflow),
      (all) => all.some(hasFailed),
      60_000,
    );
    refused = executions.find(hasFailed)!;
  });
  afterEach(() => finish());

  test('the next one does not act, fails, and finds it done later', async () => {
    expect(refused.data.resultData.error?.message).toMatch(
      /^n8n execution \d+ is still at work on this event: CareerHooks delivers it again/,
    );
    finish();
    await waitUntil(
      () => shown(delivery),
      ({ outcome }) => outcome?.status === 'done',
    );
    await retry(delivery);
    await until(delivery, 'delivered');
    expect(sink.requests).toHaveLength(1);
  });

  test('a person who retries the next one takes over', async () => {
    const { id } = await stage.n8n.rest<{ id: string }>(
      'POST',
      `/rest/executions/${refused.id}/retry`,
      { loadWorkflow: false },
    );
    await waitUntil(
      () => stage.n8n.executions(workflow),
      (all) => all.some((one) => one.id === id && one.status === 'success'),
    );
    expect(sink.requests).toHaveLength(2);
    expect((await shown(delivery)).outcome).toMatchObject({
      status: 'done',
      claimant: `n8n execution ${id}`,
    });
  });
});

test('what a person has done by a retry in n8n is done', async () => {
  sink.answer = (_, index) => ({ status: index === 0 ? 500 : 200 });
  const workflow = await publishWorkflow('Retried by hand', { options: { maxRetries: 0 } });
  const delivery = await publishEvent();
  await until(delivery, 'failed');
  const [failed] = await stage.n8n.waitForExecutions(workflow, 1);
  await stage.n8n.rest('POST', `/rest/executions/${failed!.id}/retry`, { loadWorkflow: false });
  const executions = await stage.n8n.waitForExecutions(workflow, 2);
  expect(executions.map(({ mode, status }) => [mode, status])).toEqual([
    ['webhook', 'error'],
    ['retry', 'success'],
  ]);
  expect(sink.requests).toHaveLength(2);

  await retry(delivery);
  await until(delivery, 'delivered');
  expect(sink.requests).toHaveLength(2);
});

test(`each of ${EVENTS} events has its effect, once`, async () => {
  await publishWorkflow('Many', {
    options: { timeout: 30 },
    settings: { saveDataSuccessExecution: 'none' },
  });
  const done = new Set<string>();
  sink.answer = ({ body }) => {
    done.add(body.toString());
    return {};
  };
  const until = (count: number) =>
    waitUntil(
      () => Promise.resolve(done.size),
      (size) => size >= count,
      300_000,
    );
  const began = Date.now();
  for (let from = 0; from < EVENTS; from += EVENTS_AT_ONCE) {
    const count = Math.min(EVENTS_AT_ONCE, EVENTS - from);
    const events = Array.from({ length: count }, (_, index) => ({
      id: `evt_many_${from + index}`,
      system: SYSTEM,
      type: TYPE,
      user: 'user_1',
      data: EXAMPLE,
    }));
    const { status } = await stage.careerHooks().call('POST', '/v1/events', { events });
    expect(status).toBe(202);
    // n8n is given no more than it can take meanwhile.
    await until(from + count - EVENTS_AT_ONCE);
  }
  await until(EVENTS);
  process.stderr.write(`${EVENTS} events in ${Math.round((Date.now() - began) / 1000)} s\n`);
  expect(sink.requests).toHaveLength(EVENTS);
}, 7_200_000);
