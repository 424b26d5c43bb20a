import { systems, validateEventData } from '@careerhooks/systems';
import { z } from 'zod';
import { CareerHooks } from '../../../nodes/CareerHooks/CareerHooks.node';
import { CareerHooksTrigger } from '../../../nodes/CareerHooksTrigger/CareerHooksTrigger.node';
import { type Answer, FakeN8n } from '../../support/fake-n8n';

const { loadOptions, listSearch, resourceMapping } = new CareerHooks().methods;

const admin = { kind: 'admin', system: null, user: null, scopes: [] };
const key = { kind: 'key', system: 'roleready', user: null, scopes: ['manage'] };

function server(me: unknown): Answer {
  const data = [...systems.values()].map((system) => ({
    key: system.key,
    name: system.name,
    description: system.description,
    challenges_by_default: system.challengesByDefault,
    timeout_seconds: system.timeoutMs / 1000,
    max_retries: system.retry.maxRetries,
    retry_delays_seconds: system.retry.delaysMs.map((delay) => delay / 1000),
    events: Object.entries(system.events).map(([type, { schema, ...rest }]) => ({
      type,
      ...rest,
      data_schema: z.toJSONSchema(schema, { io: 'input' }),
    })),
    operational_events: [{ type: 'delivery.failed', group: 'delivery', description: 'Lost.' }],
  }));
  return ({ path }) => (path === '/v1/me' ? me : { data });
}

function n8nOf(me: unknown, parameters: Record<string, unknown> = {}) {
  return new FakeN8n({ parameters, answer: server(me) }).context;
}

test('the admin token chooses among all systems', async () => {
  const options = await loadOptions.loadSystems.call(n8nOf(admin));
  expect(options.map(({ value }) => value)).toEqual([...systems.keys()]);
});

test('each system says how it delivers by itself, and whether it asks for a challenge', async () => {
  const options = await loadOptions.loadSystems.call(n8nOf(admin));
  const of = (key: string) => options.find(({ value }) => value === key)!.description;
  expect(of('roleready')).toBe(
    'Tells when parsing, checking or tailoring a resume has ended. ' +
      'By its own schedule it waits 10 seconds for an answer, and tries again for 21 seconds.',
  );
  expect(of('resumebuilder')).toContain('waits 30 seconds for an answer, and tries again for 70');
  expect(of('proposals')).toMatch(/for 15 seconds\. Every URL has to answer a challenge\.$/);
});

test.each([
  ['names none', ''],
  ['names it', 'roleready'],
])('a key has its own system alone, chosen already in a workflow that %s', async (_, system) => {
  const options = await loadOptions.loadSystems.call(n8nOf(key, { system }));
  expect(options).toMatchObject([{ name: 'RoleReady', value: system }]);
});

test.each([
  ['the admin who chose it', admin, 'roleready'],
  ['its key', key, ''],
])('offers the events of a system to %s, with wildcards', async (_who, me, system) => {
  const options = await loadOptions.loadEventPatterns.call(n8nOf(me, { system }));
  expect(options.slice(0, 4)).toMatchObject([
    { name: 'All Events', value: '*' },
    { name: 'All Resume Events (resume.*)', value: 'resume.*' },
    { name: 'Resume · resume.parsed', value: 'resume.parsed', description: 'A resume was parsed.' },
    { name: 'Resume · resume.parse_failed', value: 'resume.parse_failed' },
  ]);
  expect(options.at(-1)).toMatchObject({ value: 'delivery.failed' });
  expect(options.map(({ value }) => value)).not.toContain('delivery.*');
});

test('offers each wildcard once, for every system', async () => {
  for (const system of systems.keys()) {
    const options = await loadOptions.loadEventPatterns.call(n8nOf(admin, { system }));
    const values = options.map(({ value }) => value);
    expect(new Set(values).size).toBe(values.length);
  }
});

test('offers nothing until the admin has chosen a system', async () => {
  expect(await loadOptions.loadEventPatterns.call(n8nOf(admin))).toEqual([]);
});

test('an event that is published has one type, not a wildcard', async () => {
  const options = await loadOptions.loadEventTypes.call(n8nOf(key));
  expect(options.map(({ value }) => value)).toEqual(Object.keys(systems.get('roleready')!.events));
});

test('an event that is published starts from the example of its type', async () => {
  for (const [key, system] of systems) {
    for (const type of Object.keys(system.events)) {
      const n8n = n8nOf(admin, { system: key, type });
      const { fields } = await resourceMapping.loadDataFields.call(n8n);
      const data = Object.fromEntries(
        fields.map(({ id, type: kind, defaultValue }) => [
          id,
          kind === 'object' || kind === 'array' ? JSON.parse(String(defaultValue)) : defaultValue,
        ]),
      );
      expect(data).toEqual(system.events[type]!.example);
      validateEventData(system, type, data);
    }
  }
});

test('fields of data say which of them have to be there', async () => {
  const n8n = n8nOf(admin, { system: 'pathfinder', type: 'user.deleted' });
  const { fields } = await resourceMapping.loadDataFields.call(n8n);
  expect(fields).toMatchObject([
    { id: 'user_id', type: 'string', required: true },
    { id: 'metadata', type: 'object', required: false },
  ]);
});

test('says how to get to the fields of data before a type is chosen', async () => {
  expect(await resourceMapping.loadDataFields.call(n8nOf(key))).toEqual({
    fields: [],
    emptyFieldsNotice: expect.stringMatching(/^Choose the event type/),
  });
});

test.each([
  ['searchEvents', { type: 'crm.example', user: 'user_123', created_at: '2026-11-24T09:30:00Z' }],
  ['searchDeliveries', { type: 'crm.example', status: 'failed', created_at: '2026-11-24' }],
] as const)('%s finds what is typed, page by page', async (method, row) => {
  const rows = [
    { ...row, id: 'id_1' },
    { ...row, id: 'id_2', url: 'https://other.example.com/', type: 'other' },
  ];
  const n8n = new FakeN8n({ answer: () => ({ data: rows, next_cursor: 'next' }) });
  const found = await listSearch[method].call(n8n.context, 'CRM', 'here');
  expect(found.results.map(({ value }) => value)).toEqual(['id_1']);
  expect(found.paginationToken).toBe('next');
  expect(n8n.sent[0]!.query).toMatchObject({ cursor: 'here' });
  expect((await listSearch[method].call(n8n.context)).results).toHaveLength(2);
});

test('searches endpoints by what is typed', async () => {
  const rows = [
    { id: 'ep_1', url: 'https://crm.example.com/', description: null, status: 'active' },
    { id: 'ep_2', url: 'https://n8n.example.com/', description: 'Our CRM', status: 'paused' },
  ];
  const n8n = new FakeN8n({ answer: () => ({ data: rows, next_cursor: null }) });
  expect(await listSearch.searchEndpoints.call(n8n.context, 'crm')).toEqual({
    results: [
      { name: 'https://crm.example.com/ (active)', value: 'ep_1' },
      { name: 'Our CRM (paused): https://n8n.example.com/', value: 'ep_2' },
    ],
  });
  expect(n8n.sent[0]!.query).toEqual({ limit: 100, search: 'crm' });
});

test('the trigger offers the same lists', () => {
  expect(new CareerHooksTrigger().methods.loadOptions).toEqual({
    loadSystems: loadOptions.loadSystems,
    loadEventPatterns: loadOptions.loadEventPatterns,
  });
});
