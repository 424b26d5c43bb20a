import { repairDueTimes, type Store } from '@careerhooks/store';
import { createClockRepair } from '../../../../worker/src/dispatch/clock-repair';

jest.mock('@careerhooks/store', () => ({
  ...jest.requireActual<object>('@careerhooks/store'),
  repairDueTimes: jest.fn(),
}));

const repair = jest.mocked(repairDueTimes);

/** The repair, and the deliveries whose workflows it has told. */
function world() {
  const told: string[] = [];
  const clock = createClockRepair({} as Store, (id) => Promise.resolve(void told.push(id)));
  return { clock, told };
}

/** Sets the clock, which jest's fake timers leave `performance.now()` out of. */
function setClock(byMs: number): void {
  jest.setSystemTime(Date.now() + byMs);
}

beforeEach(() => {
  jest.useFakeTimers();
  repair.mockReset().mockResolvedValue(['dlv_1', 'dlv_2']);
});

afterEach(() => jest.useRealTimers());

test('after the clock was set back, what is due is put right, and workflows are told', async () => {
  const { clock, told } = world();
  await clock.afterSetBack();
  setClock(-3_600_000);
  await clock.afterSetBack();
  await jest.advanceTimersByTimeAsync(0);
  expect(repair).toHaveBeenCalledTimes(1);
  expect(told).toEqual(['dlv_1', 'dlv_2']);
  await clock.afterSetBack();
  expect(repair).toHaveBeenCalledTimes(1);
});

test('nobody waits for workflows to be told: Temporal may be away', async () => {
  const clock = createClockRepair({} as Store, () => new Promise(() => undefined));
  await clock.afterSetBack();
  setClock(-3_600_000);
  await clock.afterSetBack();
  expect(repair).toHaveBeenCalledTimes(1);
});

test.each([
  { what: 'runs', byMs: 0 },
  { what: 'is set forward', byMs: 3_600_000 },
  { what: 'is put right by a few seconds', byMs: -30_000 },
])('a clock that $what is not repaired', async ({ byMs }) => {
  const { clock } = world();
  await clock.afterSetBack();
  await jest.advanceTimersByTimeAsync(3_600_000);
  setClock(byMs);
  await clock.afterSetBack();
  expect(repair).not.toHaveBeenCalled();
});

test('what was set back while this process did not run is put right once', async () => {
  const { clock, told } = world();
  await clock.once();
  await clock.once();
  expect(repair).toHaveBeenCalledTimes(1);
  expect(told).toEqual(['dlv_1', 'dlv_2']);
});

test('where the database does not answer, it is tried again', async () => {
  const { clock, told } = world();
  repair.mockRejectedValueOnce(new Error('the database is away'));
  await expect(clock.once()).rejects.toThrow('away');
  await clock.once();
  expect(told).toEqual(['dlv_1', 'dlv_2']);
});
