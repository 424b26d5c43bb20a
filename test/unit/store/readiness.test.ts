import { DatabaseUnavailable, type Outage } from '../../../store/src/errors';
import { createReadiness } from '../../../store/src/readiness';

/** A database whose probes and accepts end when the test says so, and who asks whether it is ready. */
function subject() {
  const probes: { bytes: number; end: () => void; fail: (error: Error) => void }[] = [];
  const told: (Outage | undefined)[] = [];
  const readiness = createReadiness(
    (bytes) =>
      new Promise((resolve, reject) => probes.push({ bytes, end: () => resolve(), fail: reject })),
    ({ outage }) => told.push(outage),
  );
  const accept = () => {
    const ends: { end?: () => void; fail?: (error: Error) => void } = {};
    const watched = readiness.watch(
      new Promise<void>((resolve, reject) => Object.assign(ends, { end: resolve, fail: reject })),
    );
    const outcome = watched.catch(() => undefined);
    return {
      end: () => (ends.end?.(), outcome),
      fail: (error: Error) => (ends.fail?.(error), outcome),
    };
  };
  return { probes, told, accept, ask: () => readiness.outage() };
}

const outage = (kind: Outage) => new DatabaseUnavailable(kind, kind);
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

/** What is answered after so long; undefined where nothing is. */
async function answeredWithin(ms: number, asked: Promise<Outage | undefined>) {
  let answer: [Outage | undefined] | undefined;
  void asked.then((given) => (answer = [given]));
  await pass(ms);
  return answer;
}

const READY = [undefined];

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('while accepts succeed', () => {
  test('it is ready, and nothing is probed', async () => {
    const { probes, accept, ask } = subject();
    for (let second = 0; second < 100; second += 1) {
      await accept().end();
      await pass(100);
      expect(await answeredWithin(0, ask())).toEqual(READY);
    }
    expect(probes).toEqual([]);
  });

  test('a slow one is waited for, and does not change the answer', async () => {
    const { probes, told, accept, ask } = subject();
    await accept().end();
    await pass(100);
    const slow = accept();
    await pass(600);
    const asked = ask();
    expect(await answeredWithin(500, asked)).toBeUndefined();
    await slow.end();
    expect(await answeredWithin(0, asked)).toEqual(READY);
    expect([probes, told]).toEqual([[], []]);
  });
});

describe('a database whose commits hang', () => {
  test('within a second of the last accept that it took, it is not ready any more', async () => {
    const { told, accept, ask } = subject();
    await accept().end();
    const hanging = accept();
    await pass(249);
    expect(await answeredWithin(0, ask())).toEqual(READY);
    await pass(2);
    expect(await answeredWithin(600, ask())).toEqual(['hangs']);
    // Known by now: nobody waits for it again.
    expect(await answeredWithin(0, ask())).toEqual(['hangs']);
    accept();
    expect(await answeredWithin(0, ask())).toEqual(['hangs']);
    await hanging.end();
    expect(await answeredWithin(0, ask())).toEqual(READY);
    expect(told).toEqual(['hangs', undefined]);
  });

  test('so it is without traffic: a probe shows it', async () => {
    const { probes, accept, ask } = subject();
    await accept().end();
    await pass(799);
    expect(await answeredWithin(0, ask())).toEqual(READY);
    await pass(1);
    expect(await answeredWithin(600, ask())).toEqual(['hangs']);
    expect(probes).toHaveLength(1);
  });

  test('many who ask share one probe, and no other follows while it is under way', async () => {
    const { probes, ask } = subject();
    for (let poll = 0; poll < 50; poll += 1) {
      const asked = [ask(), ask(), ask()];
      await pass(1_000);
      expect(await Promise.all(asked)).toEqual(['hangs', 'hangs', 'hangs']);
    }
    expect(probes).toHaveLength(1);
    probes[0]?.end();
    await pass(0);
    expect(await answeredWithin(0, ask())).toEqual(READY);
  });
});

describe('what has failed', () => {
  test('an accept that was refused says why, until one is taken', async () => {
    const { told, accept, ask } = subject();
    await accept().end();
    await accept().fail(outage('locked'));
    expect(await answeredWithin(0, ask())).toEqual(['locked']);
    await pass(500);
    await accept().fail(outage('locked'));
    await pass(500);
    expect(await answeredWithin(0, ask())).toEqual(['locked']);
    await accept().end();
    expect(await answeredWithin(0, ask())).toEqual(READY);
    expect(told).toEqual(['locked', undefined]);
  });

  test('without traffic, a probe a second finds that it is over', async () => {
    const { probes, ask } = subject();
    const first = ask();
    probes[0]?.fail(outage('read_only'));
    expect(await answeredWithin(0, first)).toEqual(['read_only']);
    for (let ms = 0; ms < 7; ms += 1) {
      await pass(100);
      expect(await answeredWithin(0, ask())).toEqual(['read_only']);
    }
    expect(probes).toHaveLength(1);
    await pass(100);
    const asked = ask();
    probes[1]?.end();
    expect(await answeredWithin(0, asked)).toEqual(READY);
  });

  test('an accept that fails by its own fault says nothing of the database', async () => {
    const { probes, accept, ask } = subject();
    await accept().end();
    await accept().fail(new Error('no such thing'));
    expect(await answeredWithin(0, ask())).toEqual(READY);
    await pass(1_000);
    const bad = accept();
    const asked = ask();
    await bad.fail(new Error('no such thing'));
    await pass(0);
    probes[0]?.end();
    expect(await answeredWithin(0, asked)).toEqual(READY);
  });

  test('what has a name keeps it while the next probe hangs: the log is not told twice', async () => {
    const { probes, told, ask } = subject();
    expect(await answeredWithin(700, ask())).toEqual(['hangs']);
    for (let round = 0; round < 5; round += 1) {
      await pass(1_300);
      probes.at(-1)?.fail(outage('locked'));
      await pass(0);
      expect(await answeredWithin(0, ask())).toEqual(['locked']);
      await pass(800);
      expect(await answeredWithin(700, ask())).toEqual(['locked']);
      expect(probes).toHaveLength(round + 2);
    }
    probes.at(-1)?.end();
    await pass(0);
    expect(await answeredWithin(0, ask())).toEqual(READY);
    expect(told).toEqual(['hangs', 'locked', undefined]);
  });

  test('a probe that fails without a name for it means that the database is away', async () => {
    const { probes, ask } = subject();
    const asked = ask();
    probes[0]?.fail(new Error('?'));
    expect(await answeredWithin(0, asked)).toEqual(['away']);
  });
});

test('nothing is probed while nobody asks', async () => {
  const { probes, accept } = subject();
  await accept().end();
  await pass(3_600_000);
  expect(probes).toEqual([]);
});

test('after it was full, it is ready once a probe has found as much room as the largest request needs', async () => {
  const { probes, told, accept, ask } = subject();
  await accept().end();
  await accept().fail(outage('full'));
  // What is small still fits.
  await accept().end();
  expect(await answeredWithin(0, ask())).toEqual(['full']);
  await pass(800);
  await accept().end();
  const second = ask();
  probes[0]?.fail(outage('full'));
  expect(await answeredWithin(0, second)).toEqual(['full']);
  await pass(800);
  const third = ask();
  expect(probes.map(({ bytes }) => bytes)).toEqual([1 << 20, 1 << 20]);
  probes[1]?.end();
  expect(await answeredWithin(0, third)).toEqual(READY);
  await pass(800);
  void ask();
  expect(probes[2]?.bytes).toBe(0);
  expect(told).toEqual(['full', undefined]);
});
