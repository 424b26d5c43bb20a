import { setTimeout as delay } from 'node:timers/promises';

/** Waits until something holds; fails where it does not within 20 s. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 20_000,
): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`waited in vain for: ${what}`);
    await delay(25);
  }
}
