import { backlog, type Readiness, type Store } from '@careerhooks/store';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { addTemporalGauges, type TemporalUse } from './temporal-gauges';

/** What Prometheus scrapes at /metrics. */
export interface Metrics {
  registry: Registry;
  eventsAccepted: Counter<'system' | 'duplicate'>;
  requestsRefused: Counter<'operation' | 'outage'>;
  requestSeconds: Histogram<'operation' | 'status'>;
}

/** Who is asked at each scrape; each answers within a second, and never rejects. */
export interface Measured {
  /** Of the database: while it takes nothing, what it would have to be asked for is left out. */
  readiness: Readiness;
  /** Whether `/readyz` would say so. */
  isReady: () => Promise<boolean>;
  measureTemporal: () => Promise<TemporalUse>;
}

export function createMetrics(
  store: Store,
  { readiness, isReady, measureTemporal }: Measured,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addTemporalGauges(registry, measureTemporal);
  new Gauge({
    name: 'careerhooks_ready',
    help: 'Whether /readyz says ready: 1 or 0',
    registers: [registry],
    async collect() {
      this.set((await isReady()) ? 1 : 0);
    },
  });
  new Gauge({
    name: 'careerhooks_deliveries_unfinished',
    help: 'Deliveries that are not finished, by status',
    labelNames: ['status'] as const,
    registers: [registry],
    async collect() {
      this.reset();
      if ((await readiness.outage()) !== undefined) return;
      const unfinished = await backlog(store).catch(() => []);
      for (const { status, deliveries } of unfinished) this.set({ status }, deliveries);
    },
  });
  const { walBytes } = store;
  if (walBytes !== undefined) {
    new Gauge({
      name: 'careerhooks_database_wal_bytes',
      help: "Size of SQLite's write-ahead log",
      registers: [registry],
      collect() {
        this.set(walBytes());
      },
    });
  }
  return {
    registry,
    eventsAccepted: new Counter({
      name: 'careerhooks_events_accepted_total',
      help: 'Events accepted by this process',
      labelNames: ['system', 'duplicate'],
      registers: [registry],
    }),
    requestsRefused: new Counter({
      name: 'careerhooks_requests_refused_total',
      help: 'Requests refused since the database took nothing, by operation and by what kept it from it',
      labelNames: ['operation', 'outage'],
      registers: [registry],
    }),
    requestSeconds: new Histogram({
      name: 'careerhooks_request_seconds',
      help: 'Time to answer a request, by operation',
      labelNames: ['operation', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30],
      registers: [registry],
    }),
  };
}
