import {
  createEndpointLimiter,
  type EndpointLimiter,
  type Outcome,
} from '../../../../worker/src/dispatch/endpoint-limiter';

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

/** Attempts that end when the test says so. */
function openAttempts(limiter: EndpointLimiter, id = endpoint.id) {
  const started: (() => void)[] = [];
  const results: Promise<unknown>[] = [];
  return {
    started,
    results,
    run: () =>
      results.push(
        limiter.run(
          id,
          () => new Promise<string>((resolve) => started.push(() => resolve('made'))),
        ),
      ),
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

function admitAll(limiter: EndpointLimiter, of = endpoint): number {
  let slots = 0;
  while (limiter.admit(of)) slots += 1;
  return slots;
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
  expect(admitAll(limiter)).toBe(64);
  expect(limiter.admit(endpoint)).toBe(false);
  limiter.giveBack(endpoint.id);
  expect(limiter.admit(endpoint)).toBe(true);
  expect(limiter.admit({ id: 'ep_2', ratePerSecond: null })).toBe(true);
});

test('all endpoints together have a bounded number of slots, beyond which each still has a few', () => {
  const { limiter } = limiterWith();
  const admitted = Array.from({ length: 100 }, (_, index) =>
    admitAll(limiter, { id: `ep_${index}`, ratePerSecond: null }),
  );
  // So many that hang do not take all from the others.
  expect(admitted.slice(63)).toEqual(Array<number>(37).fill(2));
});

test('three attempts run at once; the others in the order in which they came', async () => {
  const { limiter } = limiterWith();
  admitAll(limiter);
  const { started, run } = openAttempts(limiter);
  for (let attempt = 0; attempt < 12; attempt += 1) run();
  await turn();
  expect(started).toHaveLength(3);
  started[1]!();
  await turn();
  expect(started).toHaveLength(4);
});

test('success while all are in use lets one more run at once', async () => {
  const { limiter } = limiterWith();
  admitAll(limiter);
  const { started, run } = openAttempts(limiter);
  for (let attempt = 0; attempt < 12; attempt += 1) run();
  await turn();
  record(limiter, 'success');
  started[0]!();
  await turn();
  // One took the place of the one that ended, and there is room for one more.
  expect(started).toHaveLength(5);
});

test('a receiver that has too much to do gets half as many at once, once a second at most', async () => {
  const { limiter } = limiterWith();
  fail(limiter, 2);
  expect(admitAll(limiter)).toBe(8);
  const { started, run } = openAttempts(limiter);
  for (let attempt = 0; attempt < 8; attempt += 1) run();
  await turn();
  expect(started).toHaveLength(1);
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
    expect(limiter.admit(endpoint)).toBe(true);
    limiter.giveBack(endpoint.id);
    expect(seen.failing).toEqual([]);

    fail(limiter, 1, outcome);
    expect(seen).toMatchObject({ failing: [endpoint.id], working: [] });
    expect(limiter.admit(endpoint)).toBe(false);
    expect(limiter.room(endpoint)).toBe(0);

    record(limiter, 'success');
    expect(seen).toMatchObject({ failing: [endpoint.id], working: [endpoint.id] });
    expect(limiter.admit(endpoint)).toBe(true);
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
      const slots = admitAll(limiter);
      await Promise.all(
        Array.from({ length: slots }, () =>
          limiter.run(endpoint.id, () => Promise.resolve('made')),
        ),
      );
      made += slots;
      for (let slot = 0; slot < slots; slot += 1) {
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
  expect(admitAll(limiter)).toBe(64);
});

test('few failures among many do not slow an endpoint down', async () => {
  jest.useFakeTimers();
  const { limiter } = limiterWith();
  for (let tenth = 0; tenth < 100; tenth += 1) {
    jest.advanceTimersByTime(100);
    for (let delivery = 0; delivery < 20; delivery += 1) {
      expect(limiter.admit(endpoint)).toBe(true);
      await limiter.run(endpoint.id, () => Promise.resolve('made'));
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
  admitAll(limiter);
  const { started, results, run } = openAttempts(limiter);
  for (let attempt = 0; attempt < 10; attempt += 1) run();
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
    while (!limiter.admitProbe(endpoint)) jest.advanceTimersByTime(100);
    expect(limiter.admitProbe(endpoint)).toBe(false);
    limiter.giveBack(endpoint.id);
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
  expect(limiter.admitProbe(endpoint)).toBe(true);
  for (let idle = 0; idle < 5; idle += 1) {
    limiter.giveProbeBack(endpoint.id);
    jest.advanceTimersByTime(1_000);
    expect(limiter.admitProbe(endpoint)).toBe(true);
  }
  expect(limiter.admitProbe(endpoint)).toBe(false);
  limiter.giveBack(endpoint.id);
  jest.advanceTimersByTime(1_000);
  expect(limiter.admitProbe(endpoint)).toBe(true);
  expect(limiter.admitProbe(endpoint)).toBe(false);
});

test('an endpoint that works again begins with one at a time', async () => {
  const { limiter } = limiterWith();
  fail(limiter, 3);
  record(limiter, 'success');
  expect(admitAll(limiter)).toBe(8);
  const { started, run } = openAttempts(limiter);
  for (let attempt = 0; attempt < 8; attempt += 1) run();
  await turn();
  expect(started).toHaveLength(1);
  record(limiter, 'success');
  started[0]!();
  await turn();
  expect(started.length).toBeGreaterThanOrEqual(2);
});

test('another process may say that an endpoint fails, or works', () => {
  const { limiter, seen } = limiterWith();
  limiter.setFailing(endpoint.id, true);
  expect(limiter.admit(endpoint)).toBe(false);
  limiter.setFailing(endpoint.id, false);
  expect(limiter.admit(endpoint)).toBe(true);
  expect(seen).toMatchObject({ failing: [], working: [] });
});

test('a rate limit lets so many go a second', async () => {
  jest.useFakeTimers();
  const { limiter } = limiterWith();
  const limited = { id: 'ep_limited', ratePerSecond: 5 };
  const made = async () => {
    const slots = Array.from({ length: admitAll(limiter, limited) });
    await Promise.all(slots.map(() => limiter.run(limited.id, () => Promise.resolve('made'))));
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
  expect(admitAll(limiter, limited)).toBe(5);
  limiter.giveBack(limited.id);
  limiter.giveBack(limited.id);
  expect(admitAll(limiter, limited)).toBe(2);
});

test('room is told of when half of the attempts have ended, and at the last', async () => {
  const { limiter, seen } = limiterWith();
  for (let slot = 0; slot < 8; slot += 1) limiter.admit(endpoint);
  const { started, results, run } = openAttempts(limiter);
  for (let attempt = 0; attempt < 8; attempt += 1) run();
  await turn();
  for (let ended = 0; ended < 6; ended += 1) {
    started[ended]!();
    await turn();
  }
  expect(seen.freed).toEqual([]);
  for (const end of started.slice(6)) end();
  await Promise.all(results);
  expect(seen.freed.length).toBeGreaterThan(0);
});

test('a process that stops lets what runs end, and begins nothing more', async () => {
  const { limiter } = limiterWith();
  admitAll(limiter);
  const { started, results, run } = openAttempts(limiter);
  for (let attempt = 0; attempt < 6; attempt += 1) run();
  await turn();
  limiter.close();
  for (const end of started) end();
  expect(await Promise.all(results)).toEqual([
    ...Array<string>(3).fill('made'),
    ...Array<undefined>(3).fill(undefined),
  ]);
  expect(limiter.admit(endpoint)).toBe(false);
});
