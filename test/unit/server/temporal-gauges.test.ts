import { Registry } from 'prom-client';
import { addTemporalGauges, type TemporalUse } from '../../../server/src/temporal-gauges';

/** The values that a scrape finds, by the names of the gauges. */
async function scrape(registry: Registry): Promise<Record<string, number>> {
  const lines = (await registry.metrics()).split('\n').filter((line) => /^[a-z]/.test(line));
  return Object.fromEntries(
    lines.map((line) => [line.split(' ')[0]!, Number(line.split(' ')[1]!)]),
  );
}

it('shows what is known of Temporal at this moment, and nothing of what is not', async () => {
  let use: TemporalUse = {};
  const registry = new Registry();
  addTemporalGauges(registry, () => Promise.resolve(use));
  expect(await scrape(registry)).toEqual({});
  use = { storeBytes: 4096, retentionSeconds: 604_800, openWorkflows: 0 };
  expect(await scrape(registry)).toEqual({
    careerhooks_temporal_store_bytes: 4096,
    careerhooks_temporal_retention_seconds: 604_800,
    careerhooks_temporal_open_workflows: 0,
  });
  use = { storeBytes: 8192 };
  expect(await scrape(registry)).toEqual({ careerhooks_temporal_store_bytes: 8192 });
});
