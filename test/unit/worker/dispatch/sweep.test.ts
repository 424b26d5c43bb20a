import { endEndpoints, type Store, sweepDeliveries } from '@careerhooks/store';
import { pino } from 'pino';
import { createSweep, type Sweep } from '../../../../worker/src/dispatch/sweep';

jest.mock('@careerhooks/store', () => ({
  ...jest.requireActual<object>('@careerhooks/store'),
  sweepDeliveries: jest.fn(() => Promise.resolve()),
  endEndpoints: jest.fn(() => Promise.resolve([])),
}));

let sweep: Sweep;
const lines: string[] = [];

beforeEach(() => {
  jest.useFakeTimers();
  jest.clearAllMocks();
  lines.length = 0;
  sweep = createSweep({} as Store, pino({}, { write: (line: string) => void lines.push(line) }));
});

afterEach(() => jest.useRealTimers());

/** How often it has swept, while it is asked to each second. */
async function sweepsWithin(seconds: number): Promise<number> {
  const before = jest.mocked(sweepDeliveries).mock.calls.length;
  for (let second = 0; second < seconds; second += 1) {
    jest.advanceTimersByTime(1_000);
    await sweep.run();
  }
  return jest.mocked(sweepDeliveries).mock.calls.length - before;
}

test('sweeps at first, and every 15 seconds then, however often it is asked to', async () => {
  await sweep.run();
  await sweep.run();
  expect(sweepDeliveries).toHaveBeenCalledTimes(1);
  expect(await sweepsWithin(60)).toBe(4);
});

test('sweeps about a second after something was left, once', async () => {
  await sweep.run();
  sweep.soon();
  sweep.soon();
  await sweep.run();
  expect(sweepDeliveries).toHaveBeenCalledTimes(1);
  expect(await sweepsWithin(2)).toBe(1);
  expect(await sweepsWithin(10)).toBe(0);
});

test('that something was left does not put off a sweep that is due', async () => {
  await sweep.run();
  jest.advanceTimersByTime(15_000);
  sweep.soon();
  await sweep.run();
  expect(sweepDeliveries).toHaveBeenCalledTimes(2);
});

test('the log tells of each endpoint whose time is over, and what that cancelled', async () => {
  jest.mocked(endEndpoints).mockResolvedValueOnce([{ id: 'ep_1', cancelled: 3 }]);
  await sweep.run();
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ endpoint: 'ep_1', cancelled: 3, msg: 'an endpoint has ended' }),
  ]);
});

test('where the database is away, it is not asked again at once', async () => {
  jest.mocked(sweepDeliveries).mockRejectedValueOnce(new Error('the database is away'));
  await expect(sweep.run()).rejects.toThrow('away');
  expect(await sweepsWithin(14)).toBe(0);
  expect(await sweepsWithin(2)).toBe(1);
});
