import { findSystem } from '@careerhooks/systems';
import { startTestReceiver, type TestReceiver } from '../support/receiver';
import { waitUntil } from '../support/wait-until';
import { setStage, type Stage } from './support/stage';
import { chain, type NodeCredential } from './support/workflow';

let stage: Stage;
let receiver: TestReceiver;
let roleready: NodeCredential;
let cv: NodeCredential;

beforeAll(async () => {
  [stage, receiver] = await Promise.all([setStage(), startTestReceiver()]);
  roleready = await stage.credential('roleready');
  cv = await stage.credential('cv');
});

afterAll(() => Promise.all([stage.stop(), receiver.stop()]));

/** Runs the node's operations one after another, by hand; `status` is the error where there was one. */
async function run(
  credentials: NodeCredential,
  steps: { name: string; parameters: Record<string, unknown>; onError?: string }[],
) {
  const workflow = await stage.n8n.createWorkflow(
    chain(steps[0]?.name ?? '', [
      { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
      ...steps.map((step) => ({
        ...step,
        type: 'n8n-nodes-careerhooks.careerHooks',
        typeVersion: 1,
        credentials,
      })),
    ]),
  );
  const { status, data } = await stage.n8n.run(workflow);
  const { runData, error } = data.resultData;
  const outputOf = (name: string) => runData[name]?.[0]?.data?.main[0] ?? [];
  return {
    status: error === undefined ? status : error.message,
    nodeError: (name: string) => runData[name]?.[0]?.error,
    outputOf,
  };
}

const example = findSystem('roleready')?.events['resume.parsed']?.example;

it('registers an endpoint, publishes an event to it, and reads its delivery and statistics', async () => {
  const { status, outputOf } = await run(roleready, [
    {
      name: 'Register',
      parameters: {
        resource: 'endpoint',
        operation: 'create',
        url: receiver.url,
        events: ['resume.*'],
      },
    },
    {
      name: 'Publish',
      parameters: {
        resource: 'event',
        operation: 'publish',
        type: 'resume.parsed',
        user: 'user_7',
        fields: { mappingMode: 'defineBelow', value: example, schema: [] },
        options: { id: 'evt_of_n8n' },
      },
    },
    {
      name: 'Event',
      parameters: {
        resource: 'event',
        operation: 'get',
        eventId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
        options: { user: 'user_7' },
      },
    },
    {
      name: 'Deliveries',
      parameters: {
        resource: 'delivery',
        operation: 'getAll',
        filters: { event: '={{ $json.id }}' },
      },
    },
    { name: 'Statistics', parameters: { resource: 'statistic', operation: 'get' } },
  ]);
  expect(status).toBe('success');
  expect(outputOf('Register')[0]?.json).toMatchObject({ url: receiver.url, status: 'active' });
  expect(outputOf('Publish')[0]?.json).toMatchObject({ id: 'evt_of_n8n', deliveries: 1 });
  expect(outputOf('Event')[0]?.json).toMatchObject({ type: 'resume.parsed', user: 'user_7' });
  expect(outputOf('Deliveries').map(({ json }) => json.event_id)).toEqual(['evt_of_n8n']);
  expect(outputOf('Statistics')).toHaveLength(1);
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request!.body.toString()).data).toEqual(example);
});

it('changes the CV', async () => {
  const { status, outputOf } = await run(cv, [
    {
      name: 'Update',
      parameters: {
        resource: 'cv',
        operation: 'updateSection',
        section: 'personalInfo',
        data: { name: 'Ada Example', title: 'Engineer' },
      },
    },
    { name: 'Get', parameters: { resource: 'cv', operation: 'get' } },
  ]);
  expect(status).toBe('success');
  expect(JSON.stringify(outputOf('Get')[0]?.json)).toContain('Ada Example');
});

it('downloads the PDF of the CV as a file', async () => {
  await waitUntil(
    () => stage.careerHooks().call('GET', '/v1/cv/pdf'),
    ({ status }) => status === 200,
    60_000,
  );
  const { status, outputOf } = await run(cv, [
    { name: 'Download', parameters: { resource: 'cv', operation: 'downloadPdf' } },
  ]);
  expect(status).toBe('success');
  const [item] = outputOf('Download');
  const file = item?.binary?.data;
  expect(file).toMatchObject({ mimeType: 'application/pdf', fileName: 'cv.pdf' });
  expect(item?.json.size).toBeGreaterThan(1000);
});

it('says what to do where CareerHooks refuses something', async () => {
  const { nodeError } = await run(roleready, [
    {
      name: 'Publish',
      parameters: {
        resource: 'event',
        operation: 'publish',
        type: 'resume.parsed',
        user: 'user_7',
        specifyData: 'json',
        data: '{}',
      },
    },
  ]);
  expect(nodeError('Publish')?.description).toContain('resumeId is missing');
});

it('says where CareerHooks was looked for', async () => {
  const away = await stage.n8n.createCredential({
    name: 'Away',
    type: 'careerHooksApi',
    data: { baseUrl: 'http://127.0.0.1:9', token: 'chk_1' },
  });
  const { nodeError } = await run({ careerHooksApi: { id: away.id, name: away.name } }, [
    { name: 'Get', parameters: { resource: 'cv', operation: 'get' } },
  ]);
  const { message = '', description = '' } = nodeError('Get') ?? {};
  expect(`${message} ${description}`).toContain('http://127.0.0.1:9');
});

it('goes on after an error where its settings say so', async () => {
  const { status, outputOf } = await run(roleready, [
    {
      name: 'Get',
      parameters: {
        resource: 'endpoint',
        operation: 'get',
        endpointId: { __rl: true, mode: 'id', value: 'ep_unknown' },
      },
      onError: 'continueRegularOutput',
    },
    { name: 'Next', parameters: { resource: 'statistic', operation: 'get' } },
  ]);
  expect(status).toBe('success');
  expect(outputOf('Get')[0]?.json.error).toEqual(expect.any(String));
  expect(outputOf('Next')).toHaveLength(1);
});
