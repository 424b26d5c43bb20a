import { operationalEventsOf } from './operational-events';
import type { System } from './system';

/**
 * Whether a subscription's pattern takes an event type: the type itself, everything below
 * a prefix (`resume.*`), or everything (`*`).
 */
export function matchesPattern(pattern: string, type: string): boolean {
  if (pattern === '*' || pattern === type) return true;
  return pattern.length > 2 && pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1));
}

/** Those of the patterns that take nothing which the system ever sends: most often a misspelling. */
export function unknownPatterns(system: System, patterns: readonly string[]): string[] {
  const types = [...Object.keys(system.events), ...Object.keys(operationalEventsOf(system))];
  return patterns.filter((pattern) => !types.some((type) => matchesPattern(pattern, type)));
}
