import type { PostOutcome } from '@careerhooks/workflows';
import { createBursts } from '../../../../worker/src/dispatch/bursts';

/** A burst's world: whether Temporal answers, and what was started. */
function world() {
  const state = { connected: true, started: [] as string[], answer: Promise.resolve(true) };
  const bursts = createBursts(
    (id) => {
      state.started.push(id);
      return state.answer;
    },
    () => state.connected,
  );
  return { state, bursts };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const outcome = (status: PostOutcome['status']) => Promise.resolve({ status, attempts: 1 });

beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] }));
afterEach(() => jest.useRealTimers());

test('deliveries that come alone have a workflow each, those beyond 5 in a quarter of a second share a burst', () => {
  const { state, bursts } = world();
  for (let delivery = 0; delivery < 5; delivery += 1) {
    expect(bursts.burstFor(1, 1)).toBeUndefined();
  }
  const burst = bursts.burstFor(1, 1);
  expect(burst).toBeDefined();
  expect(bursts.burstFor(1, 1)).toBe(burst);
  expect(state.started).toEqual([burst]);

  jest.advanceTimersByTime(251);
  expect(bursts.burstFor(1, 1)).toBeUndefined();
});

test('as long as they come fast, none has a workflow of its own', () => {
  const { bursts } = world();
  const alone = Array.from({ length: 500 }, () => {
    jest.advanceTimersByTime(10);
    return bursts.burstFor(1, 1);
  }).filter((burst) => burst === undefined);
  expect(alone).toHaveLength(5);
});

test('those that have to wait count too: few among many that are held have no workflow each', () => {
  const { state, bursts } = world();
  expect(bursts.burstFor(0, 100)).toBeUndefined();
  expect(state.started).toEqual([]);
  expect(bursts.burstFor(1, 1)).toBeDefined();
});

test('many that come at once are a burst', () => {
  const { bursts } = world();
  expect(bursts.burstFor(0, 0)).toBeUndefined();
  expect(bursts.burstFor(64, 64)).toBeDefined();
});

test('a burst takes deliveries for four seconds, and is done when all were attempted', async () => {
  const { bursts } = world();
  const first = bursts.burstFor(100, 100)!;
  await settled();
  let end: (outcome: PostOutcome) => void = () => undefined;
  bursts.add(first, 'ep_1', outcome('delivered'));
  bursts.add(first, 'ep_1', outcome('retrying'));
  bursts.add(first, 'ep_2', outcome('failed'));
  bursts.add(first, 'ep_2', Promise.reject(new Error('no')));
  bursts.add(first, 'ep_1', new Promise((resolve) => (end = resolve)));
  await settled();
  jest.advanceTimersByTime(3_900);
  expect(bursts.burstFor(100, 100)).toBe(first);
  jest.advanceTimersByTime(200);
  expect(bursts.burstFor(100, 100)).not.toBe(first);
  expect(bursts.look(first)!.done).toBe(false);

  end({ status: 'delivered', attempts: 1 });
  await settled();
  // What was promised to it may still be on its way into the database.
  expect(bursts.look(first)!.done).toBe(false);
  jest.advanceTimersByTime(1_000);
  expect(bursts.look(first)).toEqual({
    done: true,
    outcome: {
      deliveries: 5,
      endpoints: [
        { endpoint: 'ep_1', delivered: 2, retrying: 1, ended: 0 },
        { endpoint: 'ep_2', delivered: 0, retrying: 0, ended: 2 },
      ],
      moreEndpoints: 0,
    },
  });
  bursts.forget(first);
  expect(bursts.look(first)).toBeUndefined();
});

test('a first attempt that a rush began with joins its burst; one that came later does not', async () => {
  const { bursts } = world();
  const before = performance.now();
  expect(bursts.join(before, 'ep_1', outcome('delivered'))).toBeUndefined();
  jest.advanceTimersByTime(10);
  const burst = bursts.burstFor(100, 100)!;
  await settled();
  expect(bursts.join(before, 'ep_1', outcome('delivered'))).toBe(burst);
  jest.advanceTimersByTime(10);
  expect(bursts.join(performance.now(), 'ep_1', outcome('delivered'))).toBeUndefined();
  await settled();
  expect(bursts.look(burst)!.outcome).toMatchObject({
    deliveries: 1,
    endpoints: [{ endpoint: 'ep_1', delivered: 1 }],
  });
  jest.advanceTimersByTime(4_000);
  expect(bursts.join(before, 'ep_1', outcome('delivered'))).toBeUndefined();
});

test('while Temporal is away all share a burst, which stays open until its workflow runs', async () => {
  const { state, bursts } = world();
  state.connected = false;
  let reach: (started: boolean) => void = () => undefined;
  state.answer = new Promise((resolve) => (reach = resolve));
  const burst = bursts.burstFor(1, 1)!;
  jest.advanceTimersByTime(60_000);
  expect(bursts.burstFor(1, 1)).toBe(burst);
  expect(bursts.look(burst)!.done).toBe(false);

  state.connected = true;
  reach(true);
  await settled();
  expect(bursts.burstFor(30, 30)).not.toBe(burst);
  expect(bursts.look(burst)!.done).toBe(true);
});

test('a process that stops has its bursts end with what is under way', async () => {
  const { bursts } = world();
  const burst = bursts.burstFor(100, 100)!;
  bursts.add(burst, 'ep_1', outcome('delivered'));
  bursts.close();
  expect(bursts.look(burst)!.done).toBe(false);
  await settled();
  expect(bursts.look(burst)!.done).toBe(true);
  expect(bursts.burstFor(100, 100)).not.toBe(burst);
});

test('of very many endpoints a burst tells of the busiest', () => {
  const { bursts } = world();
  const burst = bursts.burstFor(100, 100)!;
  for (let endpoint = 0; endpoint < 25; endpoint += 1) {
    bursts.add(burst, `ep_${endpoint}`, outcome('delivered'));
  }
  const { outcome: seen } = bursts.look(burst)!;
  expect(seen).toMatchObject({ deliveries: 25, moreEndpoints: 5 });
  expect(seen.endpoints).toHaveLength(20);
});
