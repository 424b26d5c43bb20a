import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { CareerHooks } from '../../../nodes/CareerHooks/CareerHooks.node';
import { CareerHooksTrigger } from '../../../nodes/CareerHooksTrigger/CareerHooksTrigger.node';
import { FakeN8n, Status, TOKEN } from '../../support/fake-n8n';

const node = new CareerHooks();
const publish = {
  resource: 'event',
  operation: 'publish',
  type: 'resume.parsed',
  data: '{}',
  options: {},
};

/** The error that the node throws where CareerHooks answers like this. */
async function errorOf(answer: unknown, parameters: Record<string, unknown> = publish) {
  const n8n = new FakeN8n({ parameters, answer: () => answer });
  return node.execute.call(n8n.context).then(
    () => {
      throw new Error('It succeeded.');
    },
    (error: unknown) => error as NodeApiError,
  );
}

test('shows the title of a problem, its detail and its status', async () => {
  const error = await errorOf(
    new Status(422, {
      title: "The event's data is not as documented",
      code: 'invalid_event_data',
      detail: 'In the data of resume.parsed, resumeId is missing.',
      issues: [{ path: 'data.resumeId', message: 'is missing' }],
    }),
  );
  expect(error).toBeInstanceOf(NodeApiError);
  expect(error.message).toBe("The event's data is not as documented");
  expect(error.description).toBe('In the data of resume.parsed, resumeId is missing.');
  expect(error.httpCode).toBe('422');
  expect(error.context.itemIndex).toBe(0);
});

test.each([
  [
    401,
    'unauthorized',
    'Send the header.',
    /^Check the token.*http:\/\/127\.0\.0\.1:3400\/connect/,
  ],
  [403, 'forbidden', 'D.', /^D\.\n.*http:\/\/127\.0\.0\.1:3400\/connect/],
  [404, 'not_found', 'There is no endpoint ep_1.', /ep_1\.\nChoose it from the list/],
  [404, 'not_found', 'There is no PDF yet.', /^There is no PDF yet\.$/],
  [409, 'endpoint_not_active', 'D.', /Resume it/],
  [422, 'invalid_url', 'D.', /^D\.\nCheck the field "URL"\.$/],
  [422, 'private_address', 'D.', /^D\.\nGive a public address, or .*CAREERHOOKS_ALLOW_CIDRS\.$/],
  [422, 'invalid_request', 'url: Not so; user is missing.', /^"URL": Not so; "User" is missing\.$/],
  [
    422,
    'invalid_request',
    'status must be a list, not text; max_retries must be at most 20.',
    /^"Status" must be a list, not text; "Maximum Retries" must be at most 20\.$/,
  ],
  [
    422,
    'invalid_request',
    'events[0] must not be empty.',
    /^"Events" \(number 1\) must not be empty\.$/,
  ],
  [422, 'cv_change_refused', 'data.ids must not be empty.', /^"IDs" must not be empty\.$/],
  [422, 'invalid_request', 'unheard_of is missing.', /^unheard_of is missing\.$/],
  [422, 'invalid_event_data', 'url is missing.', /^url is missing\.$/],
  [
    422,
    'unknown_event_type',
    'RoleReady has no event types that match blog.*. GET /v1/systems lists them.',
    /^RoleReady has no event types that match blog\.\*\.\nChoose it from the list\.$/,
  ],
  [
    409,
    'endpoint_not_active',
    'Its URL has to answer the challenge first: POST …/verify.',
    /^Its URL has to answer the challenge first\.\nLook/,
  ],
  [429, 'rate_limited', 'Wait as long as Retry-After says.', /^Turn on "Retry On Fail"/],
  [503, 'database_unavailable', 'D.', /Retry On Fail/],
])('says what to do in n8n about %s %s: %s', async (status, code, detail, told) => {
  const error = await errorOf(new Status(status, { title: 'T', code, detail }));
  expect(error.description).toMatch(told);
});

test.each([
  ['a list of options', (n8n: FakeN8n) => node.methods.loadOptions.loadSystems.call(n8n.context)],
  ['a list to search', (n8n: FakeN8n) => node.methods.listSearch.searchEvents.call(n8n.context)],
  [
    'the registration of a trigger',
    (n8n: FakeN8n) => new CareerHooksTrigger().webhookMethods.default.create.call(n8n.context),
  ],
])('puts all of it in the message of an error of %s, where n8n shows no more', async (_, call) => {
  const answer = {
    title: 'This token may not do that',
    code: 'forbidden',
    detail: 'It is for cv.',
  };
  const parameters = { events: ['*'], schedule: 'extended' };
  const n8n = new FakeN8n({ parameters, answer: () => new Status(403, answer) });
  await expect(call(n8n)).rejects.toMatchObject({
    message: expect.stringMatching(/^This token may not do that\. It is for cv\. .*\/connect/),
  });
  const away = new FakeN8n({ parameters, answer: () => new Error('connect ECONNREFUSED ::1') });
  await expect(call(away)).rejects.toMatchObject({
    message: expect.stringMatching(/cannot be reached at http.*ECONNREFUSED ::1\. .*Base URL/),
  });
});

test.each([
  ['HTML', '<html>Bad gateway</html>'],
  ['nothing', undefined],
  ['a list', []],
  ['text that is a problem', '{"title":"Bad"}'],
  ['bytes that are a problem', Buffer.from('{"title":"Bad"}')],
])('understands an answer that is %s', async (kind, body) => {
  const error = await errorOf(new Status(502, body));
  expect(error.message).toBe(
    kind.includes('problem') ? 'Bad' : 'CareerHooks answered with status 502',
  );
});

test('says where it looked for a server that is not there, and nothing of the token', async () => {
  const refused = { message: 'connect ECONNREFUSED 127.0.0.1:3400', code: 'ECONNREFUSED' };
  // As n8n throws what its HTTP client threw.
  const error = await errorOf(new NodeApiError(new FakeN8n().context.getNode(), refused));
  expect(error.message).toBe('CareerHooks cannot be reached at http://127.0.0.1:3400');
  expect(error.description).toMatch(/refused the connection.*\n.*Base URL/);
  expect(JSON.stringify(error)).not.toContain(TOKEN);
});

test.each([
  ['data that is no JSON', { ...publish, data: '{a:1}' }, '"Data" is not valid JSON'],
  [
    'no endpoint',
    { resource: 'endpoint', operation: 'pause', endpointId: { mode: 'list', value: '' } },
    'No endpoint is chosen',
  ],
  [
    'an update of nothing',
    {
      resource: 'endpoint',
      operation: 'update',
      endpointId: { mode: 'id', value: 'ep_1' },
      updateFields: {},
    },
    'nothing to change',
  ],
  ['an operation of another version', { resource: 'event', operation: 'x' }, 'no event: x'],
])('asks nothing of CareerHooks for %s', async (_what, parameters, message) => {
  const n8n = new FakeN8n({ parameters });
  const error = await node.execute.call(n8n.context).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NodeOperationError);
  expect((error as Error).message).toContain(message);
  expect((error as NodeOperationError).context.itemIndex).toBe(0);
  expect(n8n.sent).toEqual([]);
});

test('goes on with the next item where the node says so, each with its own input', async () => {
  let calls = 0;
  const n8n = new FakeN8n({
    parameters: publish,
    continueOnFail: true,
    items: [{ json: {} }, { json: {} }, { json: {} }],
    answer: () =>
      ++calls === 2
        ? new Status(422, { title: 'Bad', code: 'invalid_request', detail: 'D.' })
        : { id: `evt_${calls}` },
  });
  expect(await node.execute.call(n8n.context)).toEqual([
    [
      { json: { id: 'evt_1' }, pairedItem: { item: 0 } },
      { json: { error: 'Bad. D.' }, pairedItem: { item: 1 } },
      { json: { id: 'evt_3' }, pairedItem: { item: 2 } },
    ],
  ]);
});
