import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApiClient } from '@careerhooks/cli';
import { type System, systems } from '@careerhooks/systems';
import { runDemo } from '../../../../cli/src/demo/run-demo';
import { readSettings } from '../../../../cli/src/settings';
import { CareerHooks } from '../../../../nodes/CareerHooks/CareerHooks.node';
import { startTestCareerHooks, type TestCareerHooks } from '../../../support/careerhooks';
import { conformingApi } from '../../../support/conforming';
import { FakeN8n, Status } from '../../../support/fake-n8n';
import { startJourney } from '../../../support/journey';
import { ROOT } from '../../../support/process';
import { radar } from './radar';

// All that a system needs beside its folder: one more line of the registry.
jest.mock('../../../../systems/src/registry', () => {
  const { registry } = jest.requireActual<{ registry: readonly System[] }>(
    '../../../../systems/src/registry',
  );
  const sixth = jest.requireActual<{ radar: System }>('./radar');
  return { registry: [...registry, sixth.radar] };
});

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

/** A node in n8n that is connected to this instance. */
function n8nWith(parameters: Record<string, unknown>): FakeN8n {
  return new FakeN8n({
    parameters,
    async answer({ method, path, body }) {
      const answer = await careerHooks.call(method, path, body);
      return new Status(answer.status, answer.body);
    },
  });
}

describe('a delivery', () => {
  test('is challenged, signed, retried and shown as its folder says, and its own verifier accepts it', async () => {
    const journey = await startJourney(careerHooks, 'radar');
    journey.receiver.answer = (_, index) => ({ status: index === 0 ? 503 : 200 });
    const { secret } = await journey.register({ verify: false });
    expect(journey.receiver.challenges).toHaveLength(1);
    const event = await journey.publish();
    const [first, second] = await journey.receiver.waitFor(2);

    for (const request of [first!, second!]) {
      expect(radar.verify(request, secret)).toBe(true);
      expect(radar.verify(request, 'another secret')).toBe(false);
      expect(request.headers['user-agent']).toBe('PortfolioRadar/1.0');
      expect(JSON.parse(request.body.toString())).toEqual({
        kind: 'portfolio.mentioned',
        ping: request.headers['webhook-id'],
        owner: journey.user,
        data: radar.events['portfolio.mentioned']!.example,
      });
    }
    const delivery = await journey.until(event, 'delivered');
    expect(delivery.attempts).toMatchObject([{ status_code: 503 }, { status_code: 200 }]);
    const waited = second!.at - first!.answered!.at;
    expect(waited).toBeGreaterThan(200);
  });

  test('that is lost is told of, where the event is critical', async () => {
    const journey = await startJourney(careerHooks, 'radar');
    journey.receiver.answer = ({ headers }) => ({
      status: headers['x-radar-event'] === 'scan.failed' ? 500 : 200,
    });
    await journey.register({ events: ['scan.*', 'delivery.failed'] });
    const event = await journey.publish({ type: 'scan.failed' });
    const requests = await journey.receiver.waitFor(4);
    expect(requests.map(({ headers }) => headers['x-radar-event'])).toEqual([
      'scan.failed',
      'scan.failed',
      'scan.failed',
      'delivery.failed',
    ]);
    expect(JSON.parse(requests[3]!.body.toString())).toMatchObject({
      data: { event_id: event.id, attempts: 3 },
    });
  });
});

describe('the API', () => {
  test('takes what the catalogue has, within the limits, and says what is wrong with the rest', async () => {
    const journey = await startJourney(careerHooks, 'radar');
    const incomplete = await journey.call('POST', '/v1/events', {
      type: 'portfolio.ranked',
      data: { portfolio: 'p' },
    });
    expect([incomplete.status, incomplete.body.code]).toEqual([422, 'invalid_event_data']);
    expect(incomplete.body.issues).toEqual([{ path: 'data.rank', message: 'is missing' }]);
    const patient = await journey.call('POST', '/v1/endpoints', {
      url: 'http://127.0.0.1:9/',
      events: ['*'],
      timeout_seconds: 21,
    });
    expect(patient.body.detail).toContain('must be at most 20 seconds for this system');
  });

  test('shows it as its OpenAPI document says, which names it where it names systems', async () => {
    const api = await conformingApi(careerHooks.call);
    const { body } = await api.call('GET', '/v1/systems');
    expect(body.data.at(-1)).toMatchObject({
      key: 'radar',
      name: 'Portfolio Radar',
      timeout_seconds: 3,
      retry_delays_seconds: [0.25, 0.5],
      challenges_by_default: true,
      operational_events: [{ type: 'delivery.failed' }],
    });
    expect(body.data.at(-1).events.map(({ type }: { type: string }) => type)).toEqual(
      Object.keys(radar.events),
    );
    const unknown = await api.call('POST', '/v1/keys', { system: 'blog', scopes: ['publish'] });
    expect(unknown.body.detail).toMatch(/There are: cv, .*, radar\.$/);
    const text = JSON.stringify(api.document);
    expect(text).toContain(unknown.body.detail.replaceAll('"', '\\"'));
    expect(text).toContain('Portfolio Radar’s are sent in the form of JavaScript’s');
  });
});

describe('n8n', () => {
  const { loadOptions, resourceMapping } = new CareerHooks().methods;

  test('lists it, its events with their wildcards, and the fields of their data', async () => {
    const { context } = n8nWith({ system: 'radar', type: 'portfolio.ranked' });
    expect((await loadOptions.loadSystems.call(context)).at(-1)).toEqual({
      name: 'Portfolio Radar',
      value: 'radar',
      description:
        'Tells where a portfolio was seen. By its own schedule it waits 3 seconds for an answer, and tries again for 0.75 seconds. Every URL has to answer a challenge.',
    });
    const patterns = await loadOptions.loadEventPatterns.call(context);
    expect(patterns.map(({ value }) => value)).toEqual([
      '*',
      'portfolio.*',
      'portfolio.mentioned',
      'portfolio.ranked',
      'scan.*',
      'scan.failed',
      'delivery.failed',
    ]);
    const types = await loadOptions.loadEventTypes.call(context);
    expect(types.map(({ value }) => value)).toEqual(Object.keys(radar.events));
    const { fields } = await resourceMapping.loadDataFields.call(context);
    expect(fields).toMatchObject([
      { id: 'portfolio', type: 'string', required: true, defaultValue: 'portfolio_1' },
      { id: 'rank', type: 'number', required: true, defaultValue: 7 },
    ]);
  });

  test('finds its nodes by its name', () => {
    const { nameSystems } = jest.requireActual<{ nameSystems: (codex: string) => string }>(
      '../../../../nodes/name-systems.cjs',
    );
    expect(nameSystems('{"alias": ["webhook"]}')).toContain('"Portfolio Radar"');
  });
});

test('the tables of the documentation have a line for it', () => {
  const { withSystems } = jest.requireActual<{
    withSystems: (page: string, text: string) => string;
  }>('../../../../docs/systems-tables.cjs');
  const made = (page: string) => withSystems(page, readFileSync(join(ROOT, page), 'utf8'));
  expect(made('README.md')).toContain(
    '| Portfolio Radar | `radar` | Tells where a portfolio was seen. | 3 |',
  );
  expect(made('docs/receiving.md')).toContain(
    '| `radar` | `X-Radar-Signature: radar=<hex>` | `X-Radar-Event:` and body | 3 s | 0.25, 0.5 s | always |',
  );
});

test("the settings for the product's own tokens are read", () => {
  const secret = 'a secret of at least 32 characters';
  expect(readSettings({ RADAR_JWT_SECRET: secret }).tokens.radar).toEqual({ secret });
});

test('the demo delivers and verifies all of its examples, beside those of the others', async () => {
  const results = await runDemo(createApiClient(careerHooks.url, careerHooks.token), () => {});
  expect(results.map(({ system }) => system)).toEqual([...systems.keys()]);
  expect(results.at(-1)).toMatchObject({
    system: 'radar',
    published: 3,
    delivered: 3,
    verified: 3,
  });
  for (const { published, verified } of results) expect(verified).toBe(published);
});
