import type { Figure, Figures } from '../../../../bench/src/measure';

/** A run of these figures on an invented machine. */
export function runOf(figures: Figure[]): Figures {
  return {
    measuredAt: '2026-01-31T10:05:00.000Z',
    tookSeconds: 600,
    machine: {
      cores: 2,
      cpu: 'An Invented CPU',
      memoryGiB: 8,
      node: 'v22.0.0',
      platform: 'linux x64',
      syncMs: 0.35,
      load: 0.2,
    },
    settings: { database: 'SQLite', temporal: 'embedded', events: 6000, seconds: 5 },
    figures,
  };
}

/** What a run at 16 clients may give. */
export const SIXTEEN: Figure = {
  scenario: 'clients',
  name: 'deliveries, 16 clients',
  perSecond: 1234.4,
  limitPerSecond: 5000,
  acceptMs: { p50: 12.34, p99: 56.78 },
  receivedMs: { p50: -0.2, p99: 9.9 },
  cpuSecondsPer1000: { careerhooks: 0.61, temporal: 0.1 },
  peakMiB: { careerhooks: 300.4, temporal: 170 },
  duplicates: 1,
};
