import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { exchange, request } from './raw-request';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

async function statusOf(target: string): Promise<number> {
  const sent = request(`GET ${target} HTTP/1.1`, 'Host: hooks.example.com', 'Connection: close');
  return (await exchange(careerHooks.url, sent)).status;
}

test.each(['/metrics', '/metrics?x', '/healthz', '/readyz'])('%s is served', async (target) => {
  expect(await statusOf(target)).toBe(200);
});

// A proxy that is to keep /metrics from the public knows one path.
test.each([
  '/metrics/',
  '/METRICS',
  '/Metrics/?x',
  '//metrics',
  '/%6detrics',
  '/metrics%2f',
  '/metrics%20',
  '/x/../metrics',
  '/./metrics',
  '/metrics//',
  '/metrics;x',
  '/HEALTHZ',
  '/readyz/',
])('%s is not: health and metrics have one spelling', async (target) => {
  expect(await statusOf(target)).toBe(404);
});
