import { setTimeout as sleep } from 'node:timers/promises';

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
    if (Date.now() > giveUpAt)
      throw new Error(`Waited in vain; the last was ${JSON.stringify(value)}`);
    await sleep(25);
  }
}
