import { setTimeout as sleep } from 'node:timers/promises';

/** Of the error, with the last answer. */
const SHOWN_CHARACTERS = 2_000;

/** Asks until `done` says yes of an answer, and returns that answer; throws after `timeoutMs`. */
export async function waitUntil<Value>(
  ask: () => Promise<Value>,
  done: (value: Value) => boolean,
  timeoutMs = 20_000,
): Promise<Value> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (done(value)) return value;
    if (Date.now() > giveUpAt) {
      const message = `Waited in vain; the last was ${JSON.stringify(value)}`;
      throw new Error(message.slice(0, SHOWN_CHARACTERS));
    }
    await sleep(25);
  }
}
