/**
 * How fast deliveries come:
 *
 * - *Calm*: no more than may each have their own workflow.
 * - *Rush*: more than that came lately. It is calm again once few have come for long enough.
 */
export interface Rush {
  /** When deliveries came, by `performance.now()`, and how many, of late. */
  lately: { at: number; count: number }[];
}

/**
 * Deliveries that may each have their own workflow, about 20 a second. They are
 * counted over a quarter of a second, since those that a rush begins with are started for
 * nothing, and just when there is most to do.
 */
const ALONE = { deliveries: 5, withinMs: 250 };

export function newRush(): Rush {
  return { lately: [] };
}

/** So many come now; whether it is a rush with them. */
export function isRushWith(rush: Rush, count: number): boolean {
  const now = performance.now();
  rush.lately = rush.lately.filter(({ at }) => at > now - ALONE.withinMs);
  if (count > 0) rush.lately.push({ at: now, count });
  return rush.lately.reduce((sum, entry) => sum + entry.count, 0) > ALONE.deliveries;
}
