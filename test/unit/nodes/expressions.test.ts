import { CareerHooks } from '../../../nodes/CareerHooks/CareerHooks.node';
import { CareerHooksTrigger } from '../../../nodes/CareerHooksTrigger/CareerHooksTrigger.node';
import { FakeN8n, type SentRequest } from '../../support/fake-n8n';

const endpointId = { mode: 'id', value: 'ep_1' };

/** Runs the node with fields as expressions gave them, and gives what it sent. */
async function sent(parameters: Record<string, unknown>): Promise<SentRequest[]> {
  const n8n = new FakeN8n({
    parameters,
    answer: () => ({ data: [{ id: 'x' }], next_cursor: null }),
  });
  await new CareerHooks().execute.call(n8n.context);
  return n8n.sent;
}

/** The message of the error by which the node refuses fields, before it asks CareerHooks for anything. */
async function refusal(parameters: Record<string, unknown>): Promise<string> {
  const n8n = new FakeN8n({ parameters });
  const error: unknown = await new CareerHooks().execute
    .call(n8n.context)
    .catch((thrown: unknown) => thrown);
  expect(n8n.sent).toEqual([]);
  expect(error).toMatchObject({ context: { itemIndex: 0 } });
  return (error as Error).message;
}

describe('a time', () => {
  const ISO = '2026-11-24T09:30:00.000Z';
  /** As far as luxon's DateTime is told by. */
  class DateTime {
    constructor(private readonly text: string | null) {}
    toISO(): string | null {
      return this.text;
    }
  }
  const fields = [
    { resource: 'delivery', operation: 'replay', endpointId },
    { resource: 'delivery', operation: 'getAll', returnAll: true },
    { resource: 'event', operation: 'getAll', returnAll: true },
    { resource: 'statistic', operation: 'get' },
  ];
  const withTime = (field: object, times: object) => ({ ...field, options: times, filters: times });

  test.each([
    ['milliseconds', Date.parse(ISO)],
    ['a Date', new Date(ISO)],
    ['a DateTime', new DateTime('2026-11-24T10:30:00.000+01:00')],
    ['text', ISO],
    ['text without a zone, of the workflow', '2026-11-24T10:30:00'],
  ])('may be %s', async (_, since) => {
    for (const field of fields) {
      const [request] = await sent(withTime(field, { since }));
      expect({ ...request!.query, ...request!.body }).toMatchObject({ since: ISO });
    }
  });

  test.each([
    ['seconds', 1_795_512_600],
    ['no number', NaN],
    ['no Date', new Date(NaN)],
    ['no DateTime', new DateTime(null)],
    ['nothing', null],
    ['undefined', undefined],
    ['true', true],
    ['an object', { year: 2026 }],
    ['a list', [ISO]],
    ['words', 'yesterday'],
  ])('is not left out where it is %s', async (_, value) => {
    for (const field of fields) {
      expect(await refusal(withTime(field, { since: value }))).toMatch(/^"Since" is not a time: /);
    }
    const replay = withTime(fields[0]!, { since: ISO, until: value });
    expect(await refusal(replay)).toMatch(/^"Until" is not a time: /);
  });

  test('that nobody filled in is none', async () => {
    const [request] = await sent(withTime(fields[0]!, { since: '', until: '' }));
    expect(request!.body).toEqual({});
  });
});

describe('a number', () => {
  const endpoint = { resource: 'endpoint', url: 'https://hooks.example.com', events: ['*'] };
  const create = (options: object) => ({ ...endpoint, operation: 'create', options });
  const update = (updateFields: object) => ({
    ...endpoint,
    operation: 'update',
    endpointId,
    updateFields,
  });
  const rotate = (options: object) => ({
    resource: 'endpoint',
    operation: 'rotateSecret',
    endpointId,
    options,
  });

  test.each([
    [
      'Limit',
      'at least 1',
      (limit: unknown) => ({ resource: 'event', operation: 'getAll', limit }),
    ],
    ['Maximum Retries', 'from 0 to 20', (value: unknown) => create({ max_retries: value })],
    ['Maximum Retries', 'from 0 to 20', (value: unknown) => update({ max_retries: value })],
    ['Timeout (Seconds)', 'from 1 to 120', (value: unknown) => update({ timeout_seconds: value })],
    [
      'Overlap (Seconds)',
      'from 0 to 604800',
      (value: unknown) => rotate({ overlap_seconds: value }),
    ],
  ])('is asked for by its label: %s', async (label, range, fields) => {
    for (const value of ['abc', ' ', -1, 2.5, {}]) {
      const message = await refusal(fields(value));
      expect(message).toContain(`"${label}" has to be a whole number`);
      expect(message).toContain(range);
    }
  });

  test('of event types is asked for before CareerHooks is', async () => {
    const fields = { resource: 'eventType', operation: 'getAll', system: '', limit: 'abc' };
    expect(await refusal(fields)).toContain('"Limit" has to be');
  });

  test('may be text', async () => {
    const [request] = await sent(create({ max_retries: '2', timeout_seconds: 20 }));
    expect(request!.body).toMatchObject({ max_retries: 2, timeout_seconds: 20 });
  });

  test('of an endpoint goes back to what it is by itself, by null', async () => {
    const [request] = await sent(update({ max_retries: null }));
    expect(request!.body).toEqual({ max_retries: null });
  });
});

describe('a list of names', () => {
  const remove = (ids: unknown) => ({
    resource: 'cv',
    operation: 'deleteItem',
    section: 'skills',
    ids,
  });
  const replay = (status: unknown) => ({
    resource: 'delivery',
    operation: 'replay',
    endpointId,
    options: { status },
  });

  test.each([
    [
      [1, 2],
      ['1', '2'],
    ],
    [7, ['7']],
    ['a, b,', ['a', 'b']],
    [['a', ' '], ['a']],
  ])('is made of %j', async (ids, names) => {
    const [request] = await sent(remove(ids));
    expect(request!.body).toMatchObject({ data: { ids: names } });
  });

  test('of statuses may be text', async () => {
    expect((await sent(replay('failed, expired')))[0]!.body).toEqual({
      status: ['failed', 'expired'],
    });
  });

  test.each([
    ['', '"IDs" is empty'],
    [' , ', '"IDs" is empty'],
    [[], '"IDs" is empty'],
    [null, '"IDs" is empty'],
    [['a', { id: 'b' }], '"IDs" has to be a list of texts'],
    [{ id: 'b' }, '"IDs" has to be a list of texts'],
  ])('is not made of %j', async (ids, message) => {
    expect(await refusal(remove(ids))).toBe(message);
  });

  test.each([
    ['Statuses', replay([])],
    [
      'Repositories',
      { resource: 'cv', operation: 'syncGitHub', username: 'octocat', repositories: '' },
    ],
    [
      'Event Names or IDs',
      { resource: 'endpoint', operation: 'create', url: 'u', events: [], options: {} },
    ],
    [
      'Events',
      { resource: 'endpoint', operation: 'update', endpointId, updateFields: { events: [] } },
    ],
  ])('is asked for by its label: %s', async (label, fields) => {
    expect(await refusal(fields)).toBe(`"${label}" is empty`);
  });
});

test.each(['.', '..', ' .. ', 'a\ud800', { id: 1 }])(
  '%j is no id, and no other call',
  async (value) => {
    const id = { mode: 'id', value };
    const get = { operation: 'get', simplify: false, options: {} };
    for (const [resource, field] of [
      ['endpoint', 'endpointId'],
      ['event', 'eventId'],
      ['delivery', 'deliveryId'],
    ] as const) {
      expect(await refusal({ ...get, resource, [field]: id })).toMatch(
        new RegExp(`^This is not the ID of an? ${resource}$`),
      );
    }
  },
);

test('an id may be a number, and have dots', async () => {
  const get = { operation: 'get', simplify: false, options: {} };
  const [request] = await sent({ ...get, resource: 'event', eventId: { mode: 'id', value: 12 } });
  expect(request!.path).toBe('/v1/events/12');
  const [dots] = await sent({ ...get, resource: 'event', eventId: { mode: 'id', value: 'v1..2' } });
  expect(dots!.path).toBe('/v1/events/v1..2');
});

describe("the trigger's description", () => {
  const described = async (description: unknown): Promise<unknown> => {
    const n8n = new FakeN8n({
      parameters: { events: ['*'], schedule: 'extended', options: { description } },
      answer: ({ method, body }) =>
        method === 'POST'
          ? { id: 'ep_1', status: 'active', ...body }
          : { data: [], next_cursor: null },
    });
    await new CareerHooksTrigger().webhookMethods.default.create.call(n8n.context);
    return n8n.sent[0]!.body!.description;
  };

  test.each([
    [5, '5'],
    [{ team: 'sales' }, '{"team":"sales"}'],
    ['two\nlines', 'two lines'],
    [`${'x'.repeat(239)}😀`, 'x'.repeat(239)],
  ])('is text of %j', async (given, text) => {
    expect(await described(given)).toBe(text);
  });
});
