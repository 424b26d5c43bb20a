import { Gauge, type Registry } from 'prom-client';

/** What Temporal holds, as far as it is known at this moment. */
export interface TemporalUse {
  /** What its store takes on this machine's disk. */
  storeBytes?: number | undefined;
  /** How long it keeps workflows that close from now on. */
  retentionSeconds?: number | undefined;
  /** Workflows that run now. */
  openWorkflows?: number | undefined;
}

const GAUGES = [
  {
    name: 'careerhooks_temporal_store_bytes',
    help: "Size of the embedded Temporal's store on the disk",
    valueOf: (use: TemporalUse) => use.storeBytes,
  },
  {
    name: 'careerhooks_temporal_retention_seconds',
    help: 'How long Temporal keeps workflows that close from now on',
    valueOf: (use: TemporalUse) => use.retentionSeconds,
  },
  {
    name: 'careerhooks_temporal_open_workflows',
    help: 'Workflows that run in the Temporal namespace, whoever started them',
    valueOf: (use: TemporalUse) => use.openWorkflows,
  },
];

/**
 * Adds gauges of what Temporal holds. Each is absent while its value is not known, rather than old or 0.
 *
 * @param measure answers soon, whatever Temporal does, and never rejects.
 */
export function addTemporalGauges(registry: Registry, measure: () => Promise<TemporalUse>): void {
  for (const { name, help, valueOf } of GAUGES) {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const value = valueOf(await measure());
        // A gauge without labels begins at 0.
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  }
}
