import type { Distribution } from './distribution';
import type { Figures } from './measure';

/** The figures for a person; rates with their share of what is possible without an engine. */
export function formatTable(figures: Figures): string {
  const { machine, settings, limits, idleLatencies, endToEnd, accepts, peakMiB } = figures;
  const limitAt = (clients: number): number =>
    limits.find((limit) => limit.clients === clients)?.perSecond ?? NaN;
  const cpu = endToEnd.cpuSecondsPer1000;
  const limitCpu = limits.find(({ clients }) => clients === endToEnd.clients)?.cpuSecondsPer1000;
  const rows: [name: string, figure: string, p50AndP99: string, ofLimit: string][] = [
    ['', '', 'p50 / p99', 'of the limit'],
    ...limits.map(({ clients, perSecond, latencyMs }): Row => [
      `sign and POST, no engine, ${clients} at once`,
      rate(perSecond),
      durations(latencyMs),
      '',
    ]),
    ...accepts.map(({ clients, perSecond, latencyMs }): Row => [
      `events accepted, ${clients} at once`,
      rate(perSecond),
      durations(latencyMs),
      share(perSecond / limitAt(clients)),
    ]),
    [
      `deliveries end to end, ${endToEnd.clients} at once`,
      rate(endToEnd.deliveriesPerSecond),
      `accept ${durations(endToEnd.acceptMs)}`,
      share(endToEnd.deliveriesPerSecond / limitAt(endToEnd.clients)),
    ],
    ...idleLatencies.map(({ perSecond, acceptedToReceivedMs }): Row => [
      'accepted to received',
      `at ${rate(perSecond)}`,
      durations(acceptedToReceivedMs),
      '',
    ]),
    [
      'CPU for 1,000 deliveries',
      `${(cpu.careerhooks + cpu.temporal).toFixed(1)} s`,
      `ours ${cpu.careerhooks.toFixed(1)}, Temporal ${cpu.temporal.toFixed(1)}`,
      limitCpu === undefined ? '' : `limit ${limitCpu.toFixed(2)} s`,
    ],
    [
      'peak memory',
      `${(peakMiB.careerhooks + peakMiB.temporal).toFixed(0)} MiB`,
      `ours ${peakMiB.careerhooks.toFixed(0)}, Temporal ${peakMiB.temporal.toFixed(0)}`,
      '',
    ],
  ];
  const notes = [
    `${machine.cores} × ${machine.cpu}, ${machine.memoryGiB} GiB, Node ${machine.node}, ${machine.platform}`,
    `a synced write ${machine.syncMs.toFixed(1)} ms, load before ${machine.load.toFixed(1)}; ${settings.database}, Temporal ${settings.temporal}`,
    `${endToEnd.events} events end to end, ${endToEnd.duplicates} received twice`,
  ];
  return [...align(rows), '', ...notes].join('\n');
}

type Row = [string, string, string, string];

function align(rows: Row[]): string[] {
  const width = (column: 0 | 1 | 2 | 3): number =>
    Math.max(...rows.map((row) => row[column].length));
  const [first, second, third, fourth] = [width(0), width(1), width(2), width(3)];
  return rows.map(([name, figure, spread, ofLimit]) =>
    [
      name.padEnd(first),
      figure.padStart(second),
      spread.padStart(third),
      ofLimit.padStart(fourth),
    ].join('   '),
  );
}

const rate = (perSecond: number): string => `${Math.round(perSecond).toLocaleString('en')}/s`;
const share = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`;

function durations({ p50, p99 }: Distribution): string {
  return `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`;
}
