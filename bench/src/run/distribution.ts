/** Percentiles of some durations, in milliseconds. */
export interface Distribution {
  p50: number;
  p99: number;
}

export function distributionOf(durations: readonly number[]): Distribution {
  const sorted = [...durations].sort((left, right) => left - right);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
