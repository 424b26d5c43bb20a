import type { System } from '../api/systems';

/** What one who chooses a system needs to know of it: what it tells of, and how it delivers by itself. */
export function describeSystem(system: System): string {
  const { description, timeout_seconds, challenges_by_default } = system;
  const retries = retriesFor(system);
  return [
    description,
    `By its own schedule it waits ${seconds(timeout_seconds)} for an answer, and ${retries === 0 ? 'tries once' : `tries again for ${seconds(retries)}`}.`,
    ...(challenges_by_default ? ['Every URL has to answer a challenge.'] : []),
  ].join(' ');
}

/** Seconds from the first attempt to the last one, where each fails at once. */
function retriesFor({ max_retries, retry_delays_seconds: delays }: System): number {
  return Array.from({ length: max_retries }, (_, n) => delays[n] ?? delays.at(-1) ?? 0).reduce(
    (sum, delay) => sum + delay,
    0,
  );
}

function seconds(count: number): string {
  return count === 1 ? '1 second' : `${count} seconds`;
}
