import {
  type Backlog,
  type ClaimedDelivery,
  type Holds,
  listBacklogs,
  loadDeliveries,
  pullHeld,
  type Store,
} from '@careerhooks/store';
import { pino } from 'pino';
import type { Attempts } from '../../../../worker/src/attempts/attempts';
import type { Bursts } from '../../../../worker/src/dispatch/bursts';
import { type Dispatcher, startDispatcher } from '../../../../worker/src/dispatch/dispatcher';
import {
  createFirstAttempts,
  type FirstAttemptMaker,
} from '../../../../worker/src/dispatch/first-attempts';
import {
  createEndpointLimiter,
  type EndpointLimiter,
} from '../../../../worker/src/dispatch/endpoint-limiter';
import type { Starter } from '../../../../worker/src/dispatch/starter';
import { waitUntil } from '../../../support/wait-until';

jest.mock('@careerhooks/store', () => ({
  ...jest.requireActual<object>('@careerhooks/store'),
  sweepDeliveries: () => Promise.resolve(),
  repairDueTimes: () => Promise.resolve([]),
  claimVerifications: () => Promise.resolve([]),
  claimDeliveries: () => Promise.resolve([]),
  endBacklog: () => Promise.resolve(false),
  listBacklogs: jest.fn(),
  loadDeliveries: jest.fn(),
  pullHeld: jest.fn(),
}));

const endpoint = { id: 'ep_1', ratePerSecond: null };
const log = pino({ enabled: false });
const store = {} as Store;
const holds = { add: () => Promise.resolve() } as unknown as Holds;
const gone = () => Promise.reject(new Error('the database is gone'));

function parts(): { limiter: EndpointLimiter; firstAttempts: FirstAttemptMaker } {
  const limiter = createEndpointLimiter({
    failing: () => undefined,
    working: () => undefined,
    freed: () => undefined,
  });
  const firstAttempts = createFirstAttempts({
    store,
    holds,
    limiter,
    attempts: {} as Attempts,
    bursts: { burstFor: () => undefined, close: () => undefined } as unknown as Bursts,
    deliveryWorkflows: { follow: () => undefined },
    wake: () => undefined,
    log,
  });
  toStop.push(firstAttempts);
  return { limiter, firstAttempts };
}

const toStop: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of toStop.splice(0)) await part.stop();
});

test('where what was claimed cannot be loaded, its slots are given back', async () => {
  const { limiter, firstAttempts } = parts();
  const before = limiter.room(endpoint);
  expect(limiter.admit(endpoint)).toBe(true);
  jest.mocked(loadDeliveries).mockImplementation(gone);
  const claimed = { id: 'dlv_1', endpointId: endpoint.id } as ClaimedDelivery;
  await expect(firstAttempts.sendClaimed([claimed])).rejects.toThrow('gone');
  expect(limiter.room(endpoint)).toBe(before);
});

test.each([
  { name: 'of a backlog', failingSince: null, room: 64 },
  { name: 'of a probe', failingSince: 1, room: 8 },
])(
  'where the database is gone while it is asked, the slots $name are given back',
  async ({ failingSince, room }) => {
    const { limiter, firstAttempts } = parts();
    if (failingSince !== null) {
      limiter.setFailing(endpoint.id, true);
      await new Promise((resolve) => setTimeout(resolve, 1_010));
    }
    const backlog: Backlog = {
      endpointId: endpoint.id,
      waits: true,
      ordered: false,
      failingSince,
      ratePerSecond: null,
    };
    jest.mocked(listBacklogs).mockResolvedValue([backlog]);
    jest.mocked(loadDeliveries).mockResolvedValue([]);
    const asked = jest.mocked(pullHeld).mockReset().mockImplementation(gone);
    const dispatcher: Dispatcher = startDispatcher({
      store,
      holds,
      limiter,
      firstAttempts,
      starter: { isConnected: () => true } as unknown as Starter,
      retryNow: () => Promise.resolve(),
      isDeaf: () => false,
      log,
    });
    await waitUntil(
      () => Promise.resolve(asked.mock.calls.length),
      (calls) => calls > 0,
    );
    await dispatcher.stop();
    limiter.setFailing(endpoint.id, false);
    expect(limiter.room(endpoint)).toBe(room);
  },
);
