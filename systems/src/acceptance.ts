import type { JsonObject } from './json/json';
import type { System } from './system';

/** How a system wants an event treated when it is accepted. */
export interface Acceptance {
  /** Its lost delivery is an event itself. */
  critical: boolean;
  /** At most one of its kind in `windowMs` for this key. */
  throttle?: { key: string; windowMs: number };
  /** What waits for this key goes out at once, before it. */
  flushes?: { key: string };
}

/** What `system` says of an event of this type. Pure. */
export function acceptanceOf(system: System, type: string, data: JsonObject): Acceptance {
  const { throttle } = system;
  const critical = system.critical?.includes(type) === true;
  if (throttle?.type === type) {
    return { critical, throttle: { key: throttle.key(data), windowMs: throttle.windowMs } };
  }
  if (throttle?.flushedBy.includes(type) === true) {
    return { critical, flushes: { key: throttle.key(data) } };
  }
  return { critical };
}
