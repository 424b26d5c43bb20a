/** What half of the values, 99 of 100, and all of them are at most, rounded; `Infinity` of none. */
export function quantiles(values: readonly number[]): { p50: number; p99: number; worst: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Infinity);
  return { p50: at(0.5), p99: at(0.99), worst: at(1) };
}
