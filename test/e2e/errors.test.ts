import { setStage, type Stage } from './support/stage';
import { chain, type NodeCredential } from './support/workflow';

let stage: Stage;
let roleready: NodeCredential;
let cv: NodeCredential;

beforeAll(async () => {
  stage = await setStage();
  roleready = await stage.credential('roleready');
  cv = await stage.credential('cv');
});

afterAll(() => stage.stop());

const ITEMS = 20;
const BAD = 7;

/**
 * Runs a node of ours once for each of twenty items, of which one fails.
 *
 * @returns what left by its first output, and what by its second.
 */
async function runForMany(
  onError: 'continueRegularOutput' | 'continueErrorOutput',
  credentials: NodeCredential,
  parameters: Record<string, unknown>,
) {
  const code = `return Array.from({ length: ${ITEMS} }, (_, n) => ({ json: { n, bad: n === ${BAD} } }));`;
  const workflow = await stage.n8n.createWorkflow(
    chain(`Errors ${onError}`, [
      { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
      {
        name: 'Twenty',
        type: 'n8n-nodes-base.code',
        typeVersion: 2,
        parameters: { jsCode: code },
      },
      {
        name: 'CareerHooks',
        type: 'n8n-nodes-careerhooks.careerHooks',
        typeVersion: 1,
        parameters,
        credentials,
        onError,
      },
    ]),
  );
  const { status, data } = await stage.n8n.run(workflow);
  expect(status).toBe('success');
  const [regular, error] = data.resultData.runData.CareerHooks?.[0]?.data?.main ?? [];
  return { regular: regular ?? [], error: error ?? [] };
}

const publish = {
  resource: 'event',
  operation: 'publish',
  type: 'resume.parsed',
  user: 'user_7',
  specifyData: 'json',
  data: `={{ $json.bad ? {} : { resumeId: String($json.n), fileName: "a.pdf", parsedAt: "2026-11-24T09:30:00Z", success: true } }}`,
};

/** What happened and what is to be done, as the item says it. */
const MISSING = /^The event's data is not as documented\. .*resumeId is missing/;

it('a failed item leaves by the error output, the others by the output for success', async () => {
  const { regular, error } = await runForMany('continueErrorOutput', roleready, publish);
  expect(regular).toHaveLength(ITEMS - 1);
  expect(regular.every(({ json }) => json.deliveries === 0)).toBe(true);
  expect(error).toHaveLength(1);
  // n8n puts what went in beside it.
  expect(error[0]!.json).toEqual({ n: BAD, bad: true, error: expect.stringMatching(MISSING) });
});

it('a failed item stays in its place where there is no error output', async () => {
  const { regular, error } = await runForMany('continueRegularOutput', roleready, publish);
  expect(regular).toHaveLength(ITEMS);
  expect(error).toEqual([]);
  expect(regular[BAD]!.json).toEqual({ error: expect.stringMatching(MISSING) });
  expect(regular.filter(({ json }) => json.error === undefined)).toHaveLength(ITEMS - 1);
});

it('an operation that gives several rows for an item fails for one item alone', async () => {
  const { regular, error } = await runForMany('continueErrorOutput', roleready, {
    resource: 'eventType',
    operation: 'getAll',
    system: '={{ $json.bad ? "blog" : "roleready" }}',
    returnAll: false,
    limit: 3,
  });
  expect(regular).toHaveLength((ITEMS - 1) * 3);
  expect(regular.some(({ json }) => json.error !== undefined)).toBe(false);
  expect(error).toHaveLength(1);
  expect(error[0]!.json).toEqual({
    n: BAD,
    bad: true,
    error:
      'This token has no system "blog". Choose the system from the list, or none for all of them.',
  });
});

it('a file that cannot be downloaded leaves by the error output, with no file', async () => {
  const { regular, error } = await runForMany('continueErrorOutput', cv, {
    resource: 'cv',
    operation: 'downloadPdf',
  });
  expect(regular).toEqual([]);
  expect(error).toHaveLength(ITEMS);
  for (const [n, { json, binary }] of error.entries()) {
    expect(json).toMatchObject({ n, error: expect.stringContaining('There is no PDF yet') });
    expect(binary).toBeUndefined();
  }
});

it('a list to choose from says in its error what to do', async () => {
  const { id, name } = await stage.n8n.createCredential({
    name: 'Mistyped',
    type: 'careerHooksApi',
    data: { baseUrl: stage.careerHooks().url, token: 'chk_mistyped' },
  });
  const ask = stage.n8n.rest('POST', '/rest/dynamic-node-parameters/options', {
    path: 'parameters.system',
    nodeTypeAndVersion: { name: 'n8n-nodes-careerhooks.careerHooks', version: 1 },
    currentNodeParameters: { resource: 'event', operation: 'publish' },
    methodName: 'loadSystems',
    credentials: { careerHooksApi: { id, name } },
  });
  await expect(ask).rejects.toThrow(
    /"message":"The bearer token is missing or wrong\. Check.*\/connect/,
  );
});

it('a trigger that cannot be published says what to do', async () => {
  const workflow = await stage.n8n.createWorkflow(
    chain('Of a type that is gone', [
      {
        name: 'CareerHooks Trigger',
        type: 'n8n-nodes-careerhooks.careerHooksTrigger',
        typeVersion: 1,
        parameters: { events: ['resume.eaten'] },
        credentials: roleready,
      },
    ]),
  );
  await expect(stage.n8n.publish(workflow)).rejects.toThrow(
    /has no event types that match resume\.eaten\. Choose it from the list\./,
  );
});
