import { createMetrics, type TemporalUse } from '@careerhooks/server';
import type { Readiness, Store } from '@careerhooks/store';

const GAUGES = ['store_bytes', 'retention_seconds', 'open_workflows'];

it('shows what is known of Temporal at this moment, and nothing of what is not', async () => {
  let use: TemporalUse = {};
  const { registry } = createMetrics({} as Store, {
    readiness: {} as Readiness,
    isReady: () => Promise.resolve(true),
    measureTemporal: () => Promise.resolve(use),
  });
  const scrape = async (): Promise<Record<string, number>> => {
    const texts = await Promise.all(
      GAUGES.map((name) => registry.getSingleMetricAsString(`careerhooks_temporal_${name}`)),
    );
    const found = [...texts.join('\n').matchAll(/^careerhooks_temporal_(\w+) (\S+)$/gm)];
    return Object.fromEntries(found.map(([, name, value]) => [name!, Number(value)]));
  };
  expect(await scrape()).toEqual({});
  use = { storeBytes: 4096, retentionSeconds: 604_800, openWorkflows: 0 };
  expect(await scrape()).toEqual({
    store_bytes: 4096,
    retention_seconds: 604_800,
    open_workflows: 0,
  });
  use = { storeBytes: 8192 };
  expect(await scrape()).toEqual({ store_bytes: 8192 });
});
