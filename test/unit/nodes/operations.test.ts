import type { INodeExecutionData } from 'n8n-workflow';
import { CareerHooks } from '../../../nodes/CareerHooks/CareerHooks.node';
import { type Answer, FakeN8n } from '../../support/fake-n8n';

const node = new CareerHooks();

const endpointId = { mode: 'list', value: 'ep_1' };
const deliveryId = { mode: 'id', value: 'dlv_1' };
const eventId = { mode: 'id', value: 'a/b' };

/** Runs the node once; gives what it put out and what it asked CareerHooks for. */
async function run(
  parameters: Record<string, unknown>,
  answer: Answer = () => ({ id: 'x' }),
): Promise<{ n8n: FakeN8n; rows: INodeExecutionData[] }> {
  const n8n = new FakeN8n({ parameters, answer });
  const [rows] = await node.execute.call(n8n.context);
  return { n8n, rows: rows! };
}

test.each<[string, string, Record<string, unknown>, object]>([
  [
    'event',
    'publish',
    {
      system: 'roleready',
      type: 'resume.parsed',
      user: 'user_123',
      specifyData: 'json',
      data: '{"resumeId":"r1"}',
      options: { id: 'mine', previous_attributes: { a: 1 } },
    },
    {
      method: 'POST',
      path: '/v1/events',
      body: {
        system: 'roleready',
        type: 'resume.parsed',
        user: 'user_123',
        data: { resumeId: 'r1' },
        id: 'mine',
        previous_attributes: { a: 1 },
      },
    },
  ],
  [
    'event',
    'publish',
    {
      system: '',
      type: 'resume.parsed',
      user: '',
      specifyData: 'fields',
      fields: { mappingMode: 'defineBelow', value: { resumeId: 'r1', fileName: null } },
      options: { id: '' },
    },
    {
      method: 'POST',
      path: '/v1/events',
      body: { type: 'resume.parsed', data: { resumeId: 'r1' } },
    },
  ],
  [
    'event',
    'get',
    { eventId, options: { user: 'user_123' } },
    { method: 'GET', path: '/v1/events/a%2Fb', query: { user: 'user_123' } },
  ],
  [
    'endpoint',
    'create',
    {
      system: '',
      url: 'https://hooks.example.com/',
      events: ['resume.*'],
      options: {
        description: '',
        schedule: 'extended',
        ordered: false,
        max_retries: 0,
        verify: false,
        headers: { header: [{ name: 'X-Team', value: 'sales' }] },
      },
    },
    {
      method: 'POST',
      path: '/v1/endpoints',
      body: {
        url: 'https://hooks.example.com/',
        events: ['resume.*'],
        schedule: 'extended',
        ordered: false,
        max_retries: 0,
        verify: false,
        headers: { 'X-Team': 'sales' },
      },
    },
  ],
  [
    'endpoint',
    'get',
    { endpointId, simplify: false },
    { method: 'GET', path: '/v1/endpoints/ep_1' },
  ],
  [
    'endpoint',
    'update',
    { endpointId, updateFields: { events: 'resume.*, cv.updated\n', timeout_seconds: 5 } },
    {
      method: 'PATCH',
      path: '/v1/endpoints/ep_1',
      body: { events: ['resume.*', 'cv.updated'], timeout_seconds: 5 },
    },
  ],
  ['endpoint', 'pause', { endpointId }, { method: 'POST', path: '/v1/endpoints/ep_1/pause' }],
  ['endpoint', 'resume', { endpointId }, { method: 'POST', path: '/v1/endpoints/ep_1/resume' }],
  [
    'endpoint',
    'rotateSecret',
    { endpointId, options: { overlap_seconds: 0, secret: '' } },
    { method: 'POST', path: '/v1/endpoints/ep_1/rotate-secret', body: { overlap_seconds: 0 } },
  ],
  [
    'endpoint',
    'sendTest',
    { endpointId, type: 'resume.parsed' },
    { method: 'POST', path: '/v1/endpoints/ep_1/test', body: { type: 'resume.parsed' } },
  ],
  [
    'endpoint',
    'verify',
    { endpointId, challenge: '' },
    { method: 'POST', path: '/v1/endpoints/ep_1/verify', body: {} },
  ],
  [
    'delivery',
    'get',
    { deliveryId, simplify: false },
    { method: 'GET', path: '/v1/deliveries/dlv_1' },
  ],
  ['delivery', 'retry', { deliveryId }, { method: 'POST', path: '/v1/deliveries/dlv_1/retry' }],
  ['delivery', 'cancel', { deliveryId }, { method: 'POST', path: '/v1/deliveries/dlv_1/cancel' }],
  [
    'delivery',
    'replay',
    { endpointId, options: { status: ['expired'], since: '2026-11-24T09:30:00Z' } },
    {
      method: 'POST',
      path: '/v1/endpoints/ep_1/replay',
      body: { status: ['expired'], since: '2026-11-24T09:30:00.000Z' },
    },
  ],
  ['cv', 'get', {}, { method: 'GET', path: '/v1/cv' }],
  [
    'cv',
    'updateSection',
    { section: 'personalInfo', data: '{"title":"Engineer"}' },
    {
      method: 'POST',
      path: '/v1/cv/changes',
      body: { action: 'update', section: 'personalInfo', data: { title: 'Engineer' } },
    },
  ],
  [
    'cv',
    'addItem',
    { section: 'projects', data: '[{"id":"p1"}]' },
    {
      method: 'POST',
      path: '/v1/cv/changes',
      body: { action: 'add', section: 'projects', data: [{ id: 'p1' }] },
    },
  ],
  [
    'cv',
    'deleteItem',
    { section: 'skills', ids: 'a, b' },
    {
      method: 'POST',
      path: '/v1/cv/changes',
      body: { action: 'delete', section: 'skills', data: { ids: ['a', 'b'] } },
    },
  ],
  [
    'cv',
    'moveItem',
    { section: 'education', id: 'msc', position: '2' },
    {
      method: 'POST',
      path: '/v1/cv/changes',
      body: { action: 'move', section: 'education', data: { id: 'msc', position: 2 } },
    },
  ],
  [
    'cv',
    'syncGitHub',
    { username: 'octocat', repositories: 'portfolio, notes' },
    {
      method: 'POST',
      path: '/v1/cv/changes',
      body: {
        action: 'sync',
        section: 'github',
        data: { username: 'octocat', repositories: ['portfolio', 'notes'] },
      },
    },
  ],
  [
    'statistic',
    'get',
    { options: { endpoint: 'ep_1' } },
    { method: 'GET', path: '/v1/stats', query: { endpoint: 'ep_1' } },
  ],
])('%s: %s makes the documented call', async (resource, operation, fields, expected) => {
  const { n8n, rows } = await run({ resource, operation, ...fields });
  expect(n8n.sent).toHaveLength(1);
  const { method, path, query, body } = n8n.sent[0]!;
  expect({ method, path, query, body }).toEqual({ query: {}, body: undefined, ...expected });
  expect(rows).toMatchObject([{ json: { id: 'x' }, pairedItem: { item: 0 } }]);
});

test.each(['event', 'endpoint', 'delivery'])('gets many %ss, page by page', async (resource) => {
  const pages = { '': ['1', '2'], next: ['3'] } as Record<string, string[]>;
  const answer: Answer = ({ query }) => {
    const cursor = (query.cursor ?? '') as string;
    return {
      data: pages[cursor]!.map((id) => ({ id })),
      next_cursor: cursor === '' ? 'next' : null,
    };
  };
  const fields = { resource, operation: 'getAll', simplify: false };
  const all = await run({ ...fields, returnAll: true, filters: {} }, answer);
  expect(all.rows.map(({ json }) => json.id)).toEqual(['1', '2', '3']);
  expect(all.n8n.sent.map(({ query }) => query)).toEqual([
    { limit: 200 },
    { limit: 200, cursor: 'next' },
  ]);
  const two = await run({ ...fields, returnAll: false, limit: 2, filters: {} }, answer);
  expect(two.rows).toHaveLength(2);
  expect(two.n8n.sent.map(({ query }) => query)).toEqual([{ limit: 2 }]);
});

test.each([
  ['all that the token may use', '', true, ['resume.parsed', 'delivery.failed', 'cv.updated']],
  ['one system', 'cv', true, ['cv.updated']],
  ['as many as are wanted', '', false, ['resume.parsed', 'delivery.failed']],
])('gets event types with examples: %s', async (_, system, returnAll, types) => {
  const type = (name: string) => ({
    type: name,
    group: 'g',
    description: 'D.',
    example: { id: name },
    data_schema: { required: ['id'] },
  });
  const data = [
    {
      key: 'roleready',
      events: [type('resume.parsed')],
      operational_events: [type('delivery.failed')],
    },
    { key: 'cv', events: [type('cv.updated')], operational_events: [] },
  ];
  const answer: Answer = ({ path }) => (path === '/v1/me' ? { system: null } : { data });
  const fields = { resource: 'eventType', operation: 'getAll', system, returnAll, limit: 2 };
  const { rows } = await run(fields, answer);
  expect(rows.map(({ json }) => json.type)).toEqual(types);
  expect(rows.at(-1)).toEqual({
    json: {
      type: types.at(-1),
      group: 'g',
      description: 'D.',
      example: { id: types.at(-1) },
      dataSchema: { required: ['id'] },
      system: types.at(-1) === 'cv.updated' ? 'cv' : 'roleready',
    },
    pairedItem: { item: 0 },
  });
});

test('filters lists, with times in the zone of the workflow', async () => {
  const { n8n } = await run(
    {
      resource: 'delivery',
      operation: 'getAll',
      returnAll: false,
      limit: 5,
      simplify: true,
      filters: { status: 'failed', type: '', since: '2026-07-01T00:00:00', until: '' },
    },
    () => ({ data: [], next_cursor: null }),
  );
  expect(n8n.sent[0]!.query).toEqual({
    limit: 5,
    status: 'failed',
    // Midnight in Berlin, where it is summer.
    since: '2026-06-30T22:00:00.000Z',
  });
});

test('refuses what is no time, and names it', async () => {
  const fields = { resource: 'statistic', operation: 'get', options: { since: 'yesterday' } };
  await expect(run(fields)).rejects.toThrow('"Since" is not a time: "yesterday"');
});

test.each([
  ['endpoint', { endpointId }, ['registered_by', 'warnings']],
  ['delivery', { deliveryId }, ['outcome', 'workflow_url']],
])('simplifies a %s to ten fields at most', async (resource, id, told) => {
  const row = Object.fromEntries(
    ['id', 'status', ...told, 'has_headers', 'test', 'expires_at'].map((name) => [name, name]),
  );
  const { rows } = await run({ resource, operation: 'get', simplify: true, ...id }, () => row);
  for (const name of ['id', 'status', ...told]) expect(rows[0]!.json).toHaveProperty(name, name);
  expect(Object.keys(rows[0]!.json).length).toBeLessThanOrEqual(10);
  const raw = await run({ resource, operation: 'get', simplify: false, ...id }, () => row);
  expect(raw.rows[0]!.json).toEqual(row);
});

test('says that an endpoint is deleted', async () => {
  const { n8n, rows } = await run({ resource: 'endpoint', operation: 'delete', endpointId });
  expect(n8n.calls).toEqual(['DELETE /v1/endpoints/ep_1']);
  expect(rows[0]!.json).toEqual({ deleted: true });
});

test('downloads the PDF as a file', async () => {
  const fields = {
    resource: 'cv',
    operation: 'downloadPdf',
    binaryField: 'cv',
    fileName: 'me.pdf',
  };
  const { n8n, rows } = await run(fields, () => Buffer.from('%PDF-1.7'));
  expect(n8n.sent[0]).toMatchObject({ method: 'GET', path: '/v1/cv/pdf' });
  expect(n8n.sent[0]!.options.encoding).toBe('arraybuffer');
  expect(rows[0]).toMatchObject({
    json: { fileName: 'me.pdf', size: 8 },
    binary: {
      cv: {
        data: Buffer.from('%PDF-1.7').toString('base64'),
        fileName: 'me.pdf',
        mimeType: 'application/pdf',
      },
    },
  });
});

test('every operation that can be chosen is there, with fields of its own', () => {
  const { properties } = node.description;
  for (const { displayOptions, options } of properties.filter(({ name }) => name === 'operation')) {
    const [resource] = displayOptions!.show!.resource as string[];
    for (const option of options as { value: string }[]) {
      const shown = properties.filter(
        ({ displayOptions: when }) =>
          when?.show?.resource?.includes(resource) && when.show.operation?.includes(option.value),
      );
      const names = shown.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      if (`${resource}.${option.value}` !== 'cv.get') expect(names).not.toEqual([]);
    }
  }
});

describe('secrets of an endpoint', () => {
  const create = {
    resource: 'endpoint',
    operation: 'create',
    url: 'u',
    events: ['*'],
    options: {},
  };
  const rotate = { resource: 'endpoint', operation: 'rotateSecret', endpointId };
  const tools = [
    { type: 'n8n-nodes-careerhooks.careerHooksTool' },
    { type: 'n8n-nodes-careerhooks.careerHooksHitlTool' },
    { isToolExecution: true },
    { mode: 'internal' },
  ];
  const answer: Answer = () => ({ id: 'ep_1', secret: 'whsec_1', signing_key: 'whsec_2' });

  test.each([create, { ...rotate, options: {} }])(
    'go to a node of a workflow: %#',
    async (fields) => {
      const { rows } = await run(fields, answer);
      expect(rows[0]!.json).toMatchObject({ secret: 'whsec_1', signing_key: 'whsec_2' });
    },
  );

  test.each(tools)('go to no model: %j', async (setup) => {
    for (const fields of [create, { ...rotate, options: { secret: 'a secret of my own' } }]) {
      const n8n = new FakeN8n({ parameters: fields, answer, ...setup });
      const [rows] = await node.execute.call(n8n.context);
      expect(rows![0]!.json).toEqual({ id: 'ep_1' });
    }
  });

  test.each(tools)('are not replaced by one that nobody would get: %j', async (setup) => {
    const n8n = new FakeN8n({ parameters: { ...rotate, options: {} }, answer, ...setup });
    await expect(node.execute.call(n8n.context)).rejects.toThrow('Nobody would get the new secret');
    expect(n8n.sent).toEqual([]);
  });
});
