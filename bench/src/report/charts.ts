import type { Figure } from '../measure';
import { barChart, type BarGroup } from './bar-chart';

/** A chart of the figures, by the name of its file. */
export interface Chart {
  file: string;
  alt: string;
  svg: string;
}

/** Draws what was measured; a chart with nothing to show is left out. */
export function drawCharts(figures: readonly Figure[]): Chart[] {
  return [
    chart('performance-rates.svg', 'Deliveries a second', ['deliveries a second'], {
      groups: figures.flatMap((figure) => rateOf(figure)),
      format: (value) => `${Math.round(value).toLocaleString('en')}/s`,
    }),
    chart('performance-cpu.svg', 'CPU seconds for 1,000 deliveries', ['CareerHooks', 'Temporal'], {
      groups: figures.flatMap(({ name, cpuSecondsPer1000: cpu }) =>
        cpu === undefined ? [] : [{ name: short(name), values: [cpu.careerhooks, cpu.temporal] }],
      ),
      format: (value) => `${value.toFixed(2)} s`,
      stacked: true,
    }),
    chart('performance-latency.svg', 'From accepted to received', ['p50', 'p99'], {
      groups: figures.flatMap(({ name, scenario, receivedMs }) =>
        receivedMs === undefined || !['idle', 'failing', 'hanging', 'wavering'].includes(scenario)
          ? []
          : [{ name: short(name), values: [receivedMs.p50, receivedMs.p99] }],
      ),
      format: (value) => `${value.toFixed(1)} ms`,
    }),
  ].flat();
}

function chart(
  file: string,
  title: string,
  series: string[],
  drawn: { groups: BarGroup[]; format(value: number): string; stacked?: boolean },
): Chart[] {
  if (drawn.groups.length === 0) return [];
  return [{ file, alt: title, svg: barChart({ title, series, ...drawn }) }];
}

function rateOf({ name, perSecond, limitPerSecond, cpuSecondsPer1000 }: Figure): BarGroup[] {
  if (perSecond === undefined || limitPerSecond === undefined || cpuSecondsPer1000 === undefined) {
    return [];
  }
  const share = Math.round((perSecond / limitPerSecond) * 100);
  return [{ name: short(name), values: [perSecond], note: `${share} % of the limit` }];
}

/** Without what the chart's title says already. */
function short(name: string): string {
  return name
    .replace(/^deliveries, /, '')
    .replace(/^the same load as with (.*), all well$/, 'without: $1')
    .replace(/^with one/, 'one')
    .replace(/^with 10/, '10');
}
