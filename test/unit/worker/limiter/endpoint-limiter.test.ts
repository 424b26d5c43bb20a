import fc from 'fast-check';
import {
  createEndpointLimiter,
  type EndpointLimiter,
} from '../../../../worker/src/limiter/endpoint-limiter';
import type { Outcome } from '../../../../worker/src/limiter/health';
import type { Slot } from '../../../../worker/src/limiter/slot';

const endpoint: { id: string; ratePerSecond: number | null } = { id: 'ep_1', ratePerSecond: null };

interface Seen {
  failing: string[];
  working: string[];
  freed: string[];
}

function limiterWith(): { limiter: EndpointLimiter; seen: Seen } {
  const seen: Seen = { failing: [], working: [], freed: [] };
  const limiter = createEndpointLimiter({
    failing: (id) => seen.failing.push(id),
    working: (id) => seen.working.push(id),
    freed: (id) => seen.freed.push(id),
  });
  return { limiter, seen };
}

/** Attempts in these slots, begun in their order, that end when the test says so. */
function begin(slots: readonly Slot[]) {
  /** Ends each attempt that runs, by its number. */
  const started = new Map<number, () => void>();
  const results = slots.map((slot, number) =>
    slot.run(() => new Promise<string>((resolve) => started.set(number, () => resolve('made')))),
  );
  return { started, results };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

function acquireAll(limiter: EndpointLimiter, of = endpoint, most = Infinity): Slot[] {
  const slots: Slot[] = [];
  while (slots.length < most) {
    const slot = limiter.acquire(of);
    if (slot === undefined) break;
    slots.push(slot);
  }
  return slots;
}

/** How many there are to be had; all are given back. */
function room(limiter: EndpointLimiter, of = endpoint): number {
  const slots = acquireAll(limiter, of);
  for (const slot of slots) slot.release();
  return slots.length;
}

function record(limiter: EndpointLimiter, outcome: Outcome, { isFirst } = { isFirst: true }): void {
  limiter.record(endpoint.id, { isFirst, outcome });
}

function fail(limiter: EndpointLimiter, times: number, outcome: Outcome = 'overload'): void {
  for (let time = 0; time < times; time += 1) record(limiter, outcome);
}

afterEach(() => jest.useRealTimers());

test('an endpoint has so many slots and no more; another has its own', () => {
  const { limiter } = limiterWith();
  const slots = acquireAll(limiter);
  expect(slots).toHaveLength(64);
  expect(limiter.acquire(endpoint)).toBeUndefined();
  slots[0]!.release();
  expect(limiter.acquire(endpoint)).toBeDefined();
  expect(limiter.acquire(endpoint)).toBeUndefined();
  expect(limiter.acquire({ id: 'ep_2', ratePerSecond: null })).toBeDefined();
});

test('all endpoints together have a bounded number of slots, beyond which each still has a few', () => {
  const { limiter } = limiterWith();
  const acquired = Array.from(
    { length: 100 },
    (_, index) => acquireAll(limiter, { id: `ep_${index}`, ratePerSecond: null }).length,
  );
  // So many that hang do not take all from the others.
  expect(acquired.slice(63)).toEqual(Array<number>(37).fill(2));
});

test('three attempts run at once; the others in the order in which they came', async () => {
  const { limiter } = limiterWith();
  const { started } = begin(acquireAll(limiter, endpoint, 12));
  await turn();
  expect([...started.keys()]).toEqual([0, 1, 2]);
  // Whichever ends: it is the turn of the one that has waited longest.
  for (const [ended, next] of [
    [1, 3],
    [3, 4],
    [0, 5],
    [2, 6],
    [6, 7],
  ] as const) {
    started.get(ended)!();
    await turn();
    expect([...started.keys()].at(-1)).toBe(next);
  }
  expect([...started.keys()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('success while all are in use lets one more run at once', async () => {
  const { limiter } = limiterWith();
  const { started } = begin(acquireAll(limiter, endpoint, 12));
  await turn();
  record(limiter, 'success');
  started.get(0)!();
  await turn();
  // One took the place of the one that ended, and there is room for one more.
  expect(started.size).toBe(5);
});

/** How many attempts run at once; `between` is done before each of them ends. */
async function atOnce(limiter: EndpointLimiter, between?: (ended: number) => void) {
  const { started, results } = begin(acquireAll(limiter));
  await turn();
  const running = started.size;
  for (let ended = 0; ended < results.length; ended += 1) {
    between?.(ended);
    started.get(ended)!();
    await turn();
  }
  return running;
}

test('a receiver that has too much to do gets half as many at once, once a second at most', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
  const { limiter } = limiterWith();
  await atOnce(limiter, (ended) => {
    if (ended < 9) record(limiter, 'success');
  });
  expect(await atOnce(limiter)).toBe(12);

  const overload = () => record(limiter, 'overload', { isFirst: false });
  overload();
  overload();
  expect(await atOnce(limiter)).toBe(6);
  jest.advanceTimersByTime(999);
  overload();
  expect(await atOnce(limiter)).toBe(6);
  jest.advanceTimersByTime(1);
  overload();
  expect(await atOnce(limiter)).toBe(3);
});

test('in trouble an endpoint has few slots', async () => {
  const { limiter } = limiterWith();
  fail(limiter, 2);
  const slots = acquireAll(limiter);
  expect(slots).toHaveLength(8);
  const { started } = begin(slots);
  await turn();
  expect(started.size).toBe(1);
});

test.each<{ outcome: Outcome; times: number }>([
  { outcome: 'overload', times: 3 },
  { outcome: 'refusal', times: 6 },
])(
  'after $times deliveries in a row that met $outcome at first nothing is admitted until an attempt succeeds',
  ({ outcome, times }) => {
    const { limiter, seen } = limiterWith();
    fail(limiter, times - 1, outcome);
    record(limiter, 'success');
    fail(limiter, times - 1, outcome);
    expect(room(limiter)).toBeGreaterThan(0);
    expect(seen.failing).toEqual([]);

    fail(limiter, 1, outcome);
    expect(seen).toMatchObject({ failing: [endpoint.id], working: [] });
    expect(limiter.acquire(endpoint)).toBeUndefined();

    record(limiter, 'success');
    expect(seen).toMatchObject({ failing: [endpoint.id], working: [endpoint.id] });
    expect(limiter.acquire(endpoint)).toBeDefined();
  },
);

test('one that fails part of its deliveries is paced to eight failures a second', async () => {
  jest.useFakeTimers();
  const { limiter, seen } = limiterWith();
  let fails = false;
  const second = async () => {
    let made = 0;
    for (let tenth = 0; tenth < 10; tenth += 1) {
      jest.advanceTimersByTime(100);
      const slots = acquireAll(limiter);
      await Promise.all(slots.map((slot) => slot.run(() => Promise.resolve('made'))));
      made += slots.length;
      for (let slot = 0; slot < slots.length; slot += 1) {
        fails = !fails;
        record(limiter, fails ? 'refusal' : 'success');
      }
    }
    return made;
  };
  await second();
  const steady = [await second(), await second(), await second()];
  for (const made of steady) {
    expect(made).toBeGreaterThanOrEqual(8);
    expect(made).toBeLessThanOrEqual(18);
  }
  expect(seen.failing).toEqual([]);

  // Once it works, it takes all there is again.
  jest.advanceTimersByTime(10_000);
  expect(acquireAll(limiter)).toHaveLength(64);
});

test('few failures among many do not slow an endpoint down', async () => {
  jest.useFakeTimers();
  const { limiter } = limiterWith();
  for (let tenth = 0; tenth < 100; tenth += 1) {
    jest.advanceTimersByTime(100);
    for (let delivery = 0; delivery < 20; delivery += 1) {
      const slot = limiter.acquire(endpoint);
      expect(await slot?.run(() => Promise.resolve('made'))).toBe('made');
      record(limiter, tenth % 3 === 0 && delivery === 0 ? 'overload' : 'success');
    }
  }
});

test('one delivery that fails again and again does not make its endpoint failing', () => {
  const { limiter, seen } = limiterWith();
  fail(limiter, 1);
  for (let retry = 0; retry < 20; retry += 1) record(limiter, 'overload', { isFirst: false });
  expect(seen.failing).toEqual([]);
});

test('what waits for its turn when an endpoint begins to fail never gets it', async () => {
  const { limiter } = limiterWith();
  const { started, results } = begin(acquireAll(limiter, endpoint, 10));
  await turn();
  fail(limiter, 3);
  started.forEach((end) => end());
  expect(await Promise.all(results)).toEqual([
    ...Array<string>(3).fill('made'),
    ...Array<undefined>(7).fill(undefined),
  ]);
});

test('a failing endpoint is probed by one attempt at a time, ever less often', () => {
  jest.useFakeTimers();
  const { limiter } = limiterWith();
  fail(limiter, 3);
  const pauses: number[] = [];
  for (let probe = 0, since = Date.now(); probe < 11; probe += 1) {
    let slot = limiter.acquireProbe(endpoint);
    for (; slot === undefined; slot = limiter.acquireProbe(endpoint)) {
      jest.advanceTimersByTime(100);
    }
    expect(limiter.acquireProbe(endpoint)).toBeUndefined();
    slot.release();
    pauses.push(Math.round((Date.now() - since) / 1000));
    since = Date.now();
  }
  expect(pauses).toEqual([1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
});

test('a probe for which there was nothing to send is given back: the next delivery is it within a second', () => {
  jest.useFakeTimers();
  const { limiter } = limiterWith();
  fail(limiter, 3);
  jest.advanceTimersByTime(1_000);
  const probe = (): Slot => {
    const slot = limiter.acquireProbe(endpoint);
    expect(slot).toBeDefined();
    return slot!;
  };
  let slot = probe();
  for (let idle = 0; idle < 5; idle += 1) {
    slot.release();
    limiter.undoProbe(endpoint.id);
    jest.advanceTimersByTime(1_000);
    slot = probe();
  }
  expect(limiter.acquireProbe(endpoint)).toBeUndefined();
  slot.release();
  jest.advanceTimersByTime(1_000);
  probe();
  expect(limiter.acquireProbe(endpoint)).toBeUndefined();
});

test('an endpoint that works again begins with one at a time', async () => {
  const { limiter } = limiterWith();
  fail(limiter, 3);
  record(limiter, 'success');
  const slots = acquireAll(limiter);
  expect(slots).toHaveLength(8);
  const { started } = begin(slots);
  await turn();
  expect(started.size).toBe(1);
  record(limiter, 'success');
  started.get(0)!();
  await turn();
  expect(started.size).toBeGreaterThanOrEqual(2);
});

test('another process may say that an endpoint fails, or works', () => {
  const { limiter, seen } = limiterWith();
  limiter.setFailing(endpoint.id, true);
  expect(limiter.acquire(endpoint)).toBeUndefined();
  limiter.setFailing(endpoint.id, false);
  expect(limiter.acquire(endpoint)).toBeDefined();
  expect(seen).toMatchObject({ failing: [], working: [] });
});

test('a rate limit lets so many go a second', async () => {
  jest.useFakeTimers();
  const { limiter } = limiterWith();
  const limited = { id: 'ep_limited', ratePerSecond: 5 };
  const made = async () => {
    const slots = acquireAll(limiter, limited);
    await Promise.all(slots.map((slot) => slot.run(() => Promise.resolve('made'))));
    return slots.length;
  };
  expect(await made()).toBe(5);
  expect(await made()).toBe(0);
  jest.advanceTimersByTime(400);
  expect(await made()).toBe(2);
  jest.advanceTimersByTime(60_000);
  expect(await made()).toBe(5);
});

test('what a rate limit allowed and nobody used is not lost', () => {
  jest.useFakeTimers();
  const { limiter } = limiterWith();
  const limited = { id: 'ep_limited', ratePerSecond: 5 };
  const slots = acquireAll(limiter, limited);
  expect(slots).toHaveLength(5);
  slots[0]!.release();
  slots[1]!.release();
  expect(acquireAll(limiter, limited)).toHaveLength(2);
});

test('room is told of once half of what may run at once does, and nothing waits for its turn', async () => {
  const { limiter, seen } = limiterWith();
  const { started } = begin(acquireAll(limiter, endpoint, 8));
  await turn();
  const toldAfter: number[] = [];
  for (let ended = 0; ended < 8; ended += 1) {
    started.get(ended)!();
    await turn();
    toldAfter.push(seen.freed.length);
  }
  // Of three at once, two still run after the sixth, and one after the seventh.
  expect(toldAfter).toEqual([0, 0, 0, 0, 0, 0, 1, 2]);
  expect(new Set(seen.freed)).toEqual(new Set([endpoint.id]));
});

test('a process that stops lets what runs end, and begins nothing more', async () => {
  const { limiter } = limiterWith();
  const { started, results } = begin(acquireAll(limiter, endpoint, 6));
  await turn();
  limiter.close();
  for (const end of started.values()) end();
  expect(await Promise.all(results)).toEqual([
    ...Array<string>(3).fill('made'),
    ...Array<undefined>(3).fill(undefined),
  ]);
  expect(limiter.acquire(endpoint)).toBeUndefined();
});

test('a slot is given back once, whoever gives it back, and not after it was used', async () => {
  const { limiter } = limiterWith();
  const slots = acquireAll(limiter);
  slots[0]!.release();
  slots[0]!.release();
  expect(acquireAll(limiter)).toHaveLength(1);
  await expect(slots[0]!.run(() => Promise.resolve('made'))).rejects.toThrow('released');

  const running = slots[1]!.run(() => Promise.resolve('made'));
  slots[1]!.release();
  expect(limiter.acquire(endpoint)).toBeUndefined();
  expect(await running).toBe('made');
  await expect(slots[1]!.run(() => Promise.resolve('made'))).rejects.toThrow('used');
  expect(acquireAll(limiter)).toHaveLength(1);
});

test('whatever happens to slots, none is lost and none is there twice', async () => {
  const step = fc.constantFrom('acquire', 'run', 'fail', 'release', 'releaseUsed', 'end');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { limiter } = limiterWith();
      const kept: Slot[] = [];
      const used: Slot[] = [];
      const results: Promise<unknown>[] = [];
      let ends: (() => void)[] = [];
      const use = (work: () => Promise<unknown>): void => {
        const slot = kept.shift();
        if (slot === undefined) return;
        used.push(slot);
        results.push(slot.run(work).catch(() => undefined));
      };
      const does = {
        acquire: () => kept.push(...acquireAll(limiter, endpoint, 3)),
        run: () => use(() => new Promise<void>((resolve) => ends.push(resolve))),
        fail: () => use(() => Promise.reject(new Error('failed'))),
        release: () => kept.pop()?.release(),
        releaseUsed: () => used.at(-1)?.release(),
        end: () => {
          for (const end of ends) end();
          ends = [];
        },
      };
      for (const name of steps) {
        does[name]();
        await turn();
        expect(kept.length + room(limiter)).toBeLessThanOrEqual(64);
      }
      for (const slot of kept) slot.release();
      while (ends.length > 0) {
        does.end();
        await turn();
      }
      await Promise.all(results);
      expect(room(limiter)).toBe(64);
    }),
    { numRuns: 100 },
  );
});
