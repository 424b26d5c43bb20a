import type { Figure } from '../measure';
import type { Distribution } from '../run/distribution';

/** The columns that figures are shown in; the first says what was measured. */
export const COLUMNS = [
  '',
  'a second',
  'of the limit',
  'accept p50 / p99 ms',
  'received p50 / p99 ms',
  'CPU s for 1,000',
  'peak MiB',
  'open workflows',
] as const;

/** A figure's cells, one for each column; empty where it was not measured. */
export function cellsOf(figure: Figure): string[] {
  const { perSecond, limitPerSecond, acceptMs, receivedMs, cpuSecondsPer1000, peakMiB } = figure;
  return [
    figure.name,
    perSecond === undefined ? '' : whole(perSecond),
    perSecond === undefined || limitPerSecond === undefined
      ? ''
      : `${((perSecond / limitPerSecond) * 100).toFixed(1)} %`,
    acceptMs === undefined ? '' : durations(acceptMs),
    receivedMs === undefined ? '' : durations(receivedMs),
    cpuSecondsPer1000 === undefined
      ? ''
      : `${cpuSecondsPer1000.careerhooks.toFixed(2)} + ${cpuSecondsPer1000.temporal.toFixed(2)}`,
    peakMiB === undefined ? '' : `${whole(peakMiB.careerhooks)} + ${whole(peakMiB.temporal)}`,
    figure.openWorkflows === undefined ? '' : String(figure.openWorkflows),
  ];
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');

function durations({ p50, p99 }: Distribution): string {
  return `${p50.toFixed(1)} / ${p99.toFixed(1)}`;
}
