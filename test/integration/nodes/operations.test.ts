import type { INodeExecutionData } from 'n8n-workflow';
import { CareerHooks } from '../../../nodes/CareerHooks/CareerHooks.node';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { FakeN8n, type SentRequest, Status } from '../../support/fake-n8n';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';

const node = new CareerHooks();

let careerHooks: TestCareerHooks;
let receiver: TestReceiver;

beforeAll(async () => {
  receiver = await startTestReceiver();
  // Its answers are no repositories: what a sync brings is another test's business.
  careerHooks = await startTestCareerHooks({ GITHUB_API_URL: receiver.url });
});
afterAll(() => Promise.all([careerHooks.stop(), receiver.stop()]));

/** Sends a request as n8n's HTTP client does, which sends no body for an empty object. */
async function send({ method, path, query, body, options }: SentRequest): Promise<Status> {
  const url = new URL(path, careerHooks.url);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  const hasBody = body !== undefined && Object.keys(body).length > 0;
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${careerHooks.token}`,
      ...(method !== 'GET' && {
        'content-type': hasBody ? 'application/json' : 'application/x-www-form-urlencoded',
      }),
    },
    ...(hasBody && { body: JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isBinary = options.encoding === 'arraybuffer';
  return new Status(response.status, isBinary ? bytes : JSON.parse(bytes.toString('utf8')));
}

/** What the node puts out for one item. */
async function run(
  resource: string,
  operation: string,
  fields: Record<string, unknown> = {},
): Promise<INodeExecutionData[]> {
  const n8n = new FakeN8n({
    baseUrl: careerHooks.url,
    parameters: { resource, operation, simplify: true, returnAll: true, ...fields },
    answer: send,
  });
  const [rows] = await node.execute.call(n8n.context);
  return rows!;
}

const hasRows = (rows: INodeExecutionData[]) => rows.length > 0;

const byId = (value: unknown) => ({ mode: 'id', value });

test('registers an endpoint, looks after it, and follows an event to it', async () => {
  const url = `${receiver.url}/hook`;
  const [made] = await run('endpoint', 'create', {
    system: 'roleready',
    url,
    events: ['resume.*'],
    options: { description: 'CRM', headers: { header: [{ name: 'X-Team', value: 'sales' }] } },
  });
  const endpointId = byId(made!.json.id);
  expect(made!.json).toMatchObject({ url, status: 'active', has_headers: true });
  expect(await run('endpoint', 'getAll', { filters: { url } })).toHaveLength(1);
  expect((await run('endpoint', 'get', { endpointId }))[0]!.json).toMatchObject({ url });

  const [tested] = await run('endpoint', 'sendTest', { endpointId, type: '' });
  expect(tested!.json).toMatchObject({ delivered: true, type: 'resume.parsed' });
  const [verified] = await run('endpoint', 'verify', { endpointId, challenge: '' });
  expect(verified!.json).toMatchObject({ status: 'active' });
  const [paused] = await run('endpoint', 'pause', { endpointId });
  expect(paused!.json).toMatchObject({ status: 'paused' });
  const [resumed] = await run('endpoint', 'resume', { endpointId });
  expect(resumed!.json).toMatchObject({ status: 'active' });
  const [rotated] = await run('endpoint', 'rotateSecret', { endpointId });
  expect(rotated!.json.secret).not.toBe(made!.json.secret);
  const updateFields = { events: 'resume.*, ats.*', timeout_seconds: 5 };
  const [updated] = await run('endpoint', 'update', { endpointId, updateFields });
  expect(updated!.json).toMatchObject({ events: ['resume.*', 'ats.*'], timeout_seconds: 5 });

  const data = { fileName: 'cv.pdf', error: 'No text', failedAt: '2026-11-24T09:30:00Z' };
  const event = { system: 'roleready', type: 'resume.parse_failed', user: 'user_1', data };
  const [published] = await run('event', 'publish', event);
  const eventId = byId(published!.json.id);
  expect((await run('event', 'get', { eventId }))[0]!.json).toMatchObject({ data });
  const filters = { type: 'resume.parse_failed', since: '2026-01-01T00:00:00' };
  expect(await run('event', 'getAll', { filters })).toHaveLength(1);

  const ofEvent = { filters: { event: eventId.value, status: 'delivered' } };
  const arrived = () => waitUntil(() => run('delivery', 'getAll', ofEvent), hasRows);
  const [delivered] = await arrived();
  const deliveryId = byId(delivered!.json.id);
  expect((await run('delivery', 'get', { deliveryId }))[0]!.json).toMatchObject({
    attempts: [{ number: 1, succeeded: true }],
  });
  const options = { status: ['delivered'] };
  const [replayed] = await run('delivery', 'replay', { endpointId, options });
  expect(replayed!.json).toEqual({ replayed: 1 });
  await arrived();
  const [retried] = await run('delivery', 'retry', { deliveryId });
  expect(retried!.json).toMatchObject({ id: deliveryId.value });
  const [counts] = await run('statistic', 'get', { options: { endpoint: endpointId.value } });
  expect(counts!.json).toMatchObject({ deliveries: { total: 1 } });

  expect((await run('endpoint', 'delete', { endpointId }))[0]!.json).toEqual({ deleted: true });
  await expect(run('endpoint', 'get', { endpointId })).rejects.toMatchObject({ httpCode: '404' });
});

test('cancels a delivery that waits', async () => {
  const [endpoint] = await run('endpoint', 'create', {
    system: 'cv',
    url: `${receiver.url}/paused`,
    events: ['*'],
  });
  await run('endpoint', 'pause', { endpointId: byId(endpoint!.json.id) });
  await run('cv', 'addItem', { section: 'projects', data: '{"id":"p0","name":"First"}' });
  const held = { filters: { endpoint: endpoint!.json.id, status: 'held' } };
  const [waiting] = await waitUntil(() => run('delivery', 'getAll', held), hasRows);
  const [cancelled] = await run('delivery', 'cancel', { deliveryId: byId(waiting!.json.id) });
  expect(cancelled!.json).toMatchObject({ status: 'cancelled' });
});

test('changes the CV, and downloads its PDF', async () => {
  await run('cv', 'updateSection', { section: 'personalInfo', data: '{"title":"Engineer"}' });
  await run('cv', 'addItem', { section: 'projects', data: [{ id: 'p1', name: 'Portfolio' }] });
  expect((await run('cv', 'get'))[0]!.json).toMatchObject({
    cv: {
      personalInfo: { title: 'Engineer' },
      projects: expect.arrayContaining([{ id: 'p1', name: 'Portfolio' }]),
    },
  });
  const [deleted] = await run('cv', 'deleteItem', { section: 'projects', ids: 'p1' });
  expect(deleted!.json).toMatchObject({ deleted: true, ids: ['p1'] });
  const [synced] = await run('cv', 'syncGitHub', { username: 'octocat', repositories: 'a, b' });
  expect(synced!.json).toMatchObject({ action: 'sync', ids: ['a', 'b'] });

  const file = { binaryField: 'cv', fileName: 'me.pdf' };
  // Until the first PDF is made, there is none.
  const download = () => run('cv', 'downloadPdf', file).catch(() => []);
  const [pdf] = await waitUntil(download, hasRows);
  const bytes = Buffer.from(pdf!.binary!.cv!.data, 'base64');
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
});

test('offers what CareerHooks has', async () => {
  const parameters = { system: 'roleready' };
  const { context } = new FakeN8n({ baseUrl: careerHooks.url, parameters, answer: send });
  const { loadOptions, listSearch } = node.methods;
  const patterns = await loadOptions.loadEventPatterns.call(context);
  expect(patterns.map(({ value }) => value)).toEqual(expect.arrayContaining(['*', 'resume.*']));
  const found = await listSearch.searchEndpoints.call(context, '/PAUSED');
  expect(found.results).toMatchObject([{ name: expect.stringContaining('/paused') }]);
  expect((await listSearch.searchEvents.call(context)).results).not.toEqual([]);
  expect((await listSearch.searchDeliveries.call(context)).results).not.toEqual([]);
});

test('repeats what CareerHooks says is wrong', async () => {
  const fields = { system: 'roleready', type: 'resume.parsed', user: 'user_1', data: '{}' };
  await expect(run('event', 'publish', fields)).rejects.toMatchObject({
    message: "The event's data is not as documented",
    description: expect.stringContaining('resumeId'),
    httpCode: '422',
  });
});
