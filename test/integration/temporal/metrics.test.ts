import { startTestCareerHooks } from '../../support/careerhooks';
import { startTestTemporal } from '../../support/temporal';

const DAY = 86_400;

type CareerHooks = Awaited<ReturnType<typeof startTestCareerHooks>>;

/** What a scrape says of Temporal, and the milliseconds that it took. */
async function scrape({ url }: CareerHooks): Promise<{ use: Record<string, number>; ms: number }> {
  const askedAt = performance.now();
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = [...text.matchAll(/^careerhooks_temporal_(\w+) (\S+)$/gm)];
  return {
    use: Object.fromEntries(found.map(([, name, value]) => [name!, Number(value)])),
    ms: performance.now() - askedAt,
  };
}

test('the embedded Temporal: its store, its retention as it is set, its open workflows', async () => {
  const careerHooks = await startTestCareerHooks({ CAREERHOOKS_TEMPORAL_RETENTION_DAYS: '2' });
  try {
    const { use } = await scrape(careerHooks);
    expect(use.retention_seconds).toBe(2 * DAY);
    expect(use.store_bytes).toBeGreaterThan(100_000);
    expect(use.open_workflows).toBeGreaterThanOrEqual(0);
  } finally {
    await careerHooks.stop();
  }
});

test('an external Temporal that goes away: scrapes do not wait for it', async () => {
  const temporal = await startTestTemporal();
  const careerHooks = await startTestCareerHooks({ TEMPORAL_ADDRESS: temporal.address });
  try {
    const there = await scrape(careerHooks);
    expect(there.use).toEqual({
      retention_seconds: 7 * DAY,
      open_workflows: expect.any(Number) as number,
    });
    await temporal.stop();
    const scrapes = await Promise.all(Array.from({ length: 10 }, () => scrape(careerHooks)));
    scrapes.push(await scrape(careerHooks), await scrape(careerHooks));
    for (const { use } of scrapes) expect(use).toEqual({});
    // The bound is half a second; the rest is for a busy machine.
    for (const { ms } of scrapes) expect(ms).toBeLessThan(2_000);
  } finally {
    await careerHooks.stop();
    await temporal.stop();
  }
});
