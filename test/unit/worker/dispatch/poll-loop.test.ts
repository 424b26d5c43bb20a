import { setTimeout as sleep } from 'node:timers/promises';
import { type PollLoop, startPollLoop } from '../../../../worker/src/dispatch/poll-loop';

interface Round {
  resolve(more: boolean): void;
  reject(error: Error): void;
}

/** A loop that rests for an hour unless woken, and whose rounds end when the test says. */
function world({ restMs = 3_600_000, pauseMs = 0 } = {}) {
  const underWay: Round[] = [];
  const failures: unknown[] = [];
  const state = { rounds: 0, stopping: undefined as AbortSignal | undefined };
  const loop: PollLoop = startPollLoop({
    round(stopping) {
      state.rounds += 1;
      state.stopping = stopping;
      return new Promise((resolve, reject) => underWay.push({ resolve, reject }));
    },
    restMs: () => restMs,
    pauseMs,
    failed: (error) => failures.push(error),
  });
  async function end(more = false): Promise<void> {
    underWay.shift()!.resolve(more);
    await turn();
  }
  async function fail(): Promise<void> {
    underWay.shift()!.reject(new Error('gone'));
    await turn();
  }
  stopAll.push(async () => {
    const stopped = loop.stop();
    for (const round of underWay) round.resolve(false);
    await stopped;
  });
  return { loop, state, failures, end, fail };
}

const stopAll: (() => Promise<void>)[] = [];
const turn = (): Promise<void> => sleep(10);

afterEach(async () => {
  for (const stop of stopAll.splice(0)) await stop();
});

test('looks at once, and then not before it is woken', async () => {
  const { loop, state, end } = world();
  expect(state.rounds).toBe(1);
  await end();
  expect(state.rounds).toBe(1);
  loop.wake();
  await turn();
  expect(state.rounds).toBe(2);
});

test('looks again at once while there is more', async () => {
  const { state, end } = world();
  await end(true);
  expect(state.rounds).toBe(2);
  await end(true);
  expect(state.rounds).toBe(3);
  await end();
  expect(state.rounds).toBe(3);
});

test('what it is woken for during a round, which may have looked already, gets another', async () => {
  const { loop, state, end } = world();
  loop.wake();
  loop.wake();
  expect(state.rounds).toBe(1);
  await end();
  expect(state.rounds).toBe(2);
  await end();
  expect(state.rounds).toBe(2);
});

test('looks by itself when it has rested', async () => {
  const { state, end } = world({ restMs: 30 });
  await end();
  expect(state.rounds).toBe(1);
  await sleep(60);
  expect(state.rounds).toBe(2);
});

test('a round that fails is told of, and the next comes after a rest', async () => {
  const { state, failures, fail } = world({ restMs: 30 });
  await fail();
  expect(failures).toEqual([new Error('gone')]);
  expect(state.rounds).toBe(1);
  await sleep(60);
  expect(state.rounds).toBe(2);
});

test('what it is woken for during a pause shares one round', async () => {
  const { loop, state, end } = world({ pauseMs: 50 });
  loop.wake();
  await end();
  loop.wake();
  expect(state.rounds).toBe(1);
  await sleep(70);
  expect(state.rounds).toBe(2);
});

test('a stop waits for the round that is under way, which hears of it, and is the last', async () => {
  const { loop, state, end } = world();
  let stopped = false;
  const stop = loop.stop().then(() => (stopped = true));
  await turn();
  expect(stopped).toBe(false);
  expect(state.stopping!.aborted).toBe(true);
  await end(true);
  await stop;
  loop.wake();
  await turn();
  expect(state.rounds).toBe(1);
});

test('a stop does not wait for the end of a rest', async () => {
  const { loop, end } = world();
  await end();
  const askedAt = performance.now();
  await loop.stop();
  expect(performance.now() - askedAt).toBeLessThan(500);
});
