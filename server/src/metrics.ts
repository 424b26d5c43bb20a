import { backlog, type Store } from '@careerhooks/store';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus scrapes at /metrics. */
export interface Metrics {
  registry: Registry;
  eventsAccepted: Counter<'system' | 'duplicate'>;
  requestSeconds: Histogram<'operation' | 'status'>;
}

export function createMetrics(store: Store): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'careerhooks_deliveries_unfinished',
    help: 'Deliveries that are not finished, by status',
    labelNames: ['status'] as const,
    registers: [registry],
    async collect() {
      this.reset();
      for (const { status, deliveries } of await backlog(store)) this.set({ status }, deliveries);
    },
  });
  return {
    registry,
    eventsAccepted: new Counter({
      name: 'careerhooks_events_accepted_total',
      help: 'Events accepted by this process',
      labelNames: ['system', 'duplicate'],
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
