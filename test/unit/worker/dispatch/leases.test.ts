import { extendLeases, type Store } from '@careerhooks/store';
import { pino } from 'pino';
import { createLeases, type Leases } from '../../../../worker/src/dispatch/leases';

jest.mock('@careerhooks/store', () => ({
  ...jest.requireActual<object>('@careerhooks/store'),
  extendLeases: jest.fn(),
}));

const renewals = jest.mocked(extendLeases);
const store = {} as Store;
let leases: Leases;

beforeEach(() => {
  jest.useFakeTimers();
  renewals.mockReset().mockResolvedValue(undefined);
  leases = createLeases(store, pino({ enabled: false }));
});

afterEach(() => {
  leases.stop();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** Ids of what was renewed, by renewal. */
const renewed = () => renewals.mock.calls.map(([, extended]) => extended.map(({ id }) => id));
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

/** The process stands still: the time goes by, and no timer runs. */
function standStill(ms: number): void {
  jest.spyOn(performance, 'now').mockReturnValue(performance.now() + ms);
}

test('a lease is renewed for as long as its attempt takes', async () => {
  leases.keep('dlv_1');
  await pass(60_000);
  expect(leases.isLost('dlv_1')).toBe(false);
  expect(renewals.mock.calls.length).toBeGreaterThanOrEqual(9);
  const [, extended] = renewals.mock.calls.at(-1)!;
  expect(extended[0]!.leaseUntil).toBeGreaterThan(Date.now() + 5_000);
});

test('one that has just begun is not renewed yet', async () => {
  await pass(2_000);
  leases.keep('dlv_1');
  await pass(1_500);
  expect(renewed()).toEqual([]);
  await pass(3_000);
  expect(renewed()).toEqual([['dlv_1']]);
});

test('one whose attempt has ended is not renewed any more', async () => {
  leases.keep('dlv_1');
  leases.keep('dlv_2');
  await pass(7_000);
  expect(renewed().at(-1)).toEqual(['dlv_1', 'dlv_2']);
  leases.drop('dlv_1');
  await pass(6_000);
  expect(renewed().at(-1)).toEqual(['dlv_2']);
});

test('one that ends while it is renewed does not come back', async () => {
  let answer: () => void = () => undefined;
  renewals.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  leases.keep('dlv_1');
  await pass(6_500);
  expect(renewed()).toEqual([['dlv_1']]);
  leases.drop('dlv_1');
  answer();
  await pass(30_000);
  expect(renewed()).toEqual([['dlv_1']]);
});

test('one that cannot be renewed for as long as it lasts is lost', async () => {
  renewals.mockRejectedValue(new Error('the database is away'));
  leases.keep('dlv_1');
  await pass(9_900);
  expect(leases.isLost('dlv_1')).toBe(false);
  await pass(200);
  expect(leases.isLost('dlv_1')).toBe(true);
});

test('one that is lost is not renewed: others have the delivery by now', async () => {
  renewals.mockRejectedValue(new Error('the database is away'));
  leases.keep('dlv_1');
  await pass(11_000);
  renewals.mockReset().mockResolvedValue(undefined);
  await pass(20_000);
  expect(renewed()).toEqual([]);
  expect(leases.isLost('dlv_1')).toBe(true);
});

test('a database that is away for less than a lease costs none', async () => {
  renewals.mockRejectedValueOnce(new Error('the database is away'));
  leases.keep('dlv_1');
  await pass(30_000);
  expect(leases.isLost('dlv_1')).toBe(false);
});

test('after the process stood still for longer than a lease lasts, it is lost at once', () => {
  leases.keep('dlv_1');
  standStill(10_001);
  expect(leases.isLost('dlv_1')).toBe(true);
});
