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
import { type Dispatcher, startDispatcher } from '../../../../worker/src/dispatch/dispatcher';
import {
  type ClaimedSender,
  createClaimedSender,
} from '../../../../worker/src/dispatch/send-claimed';
import type { Starter } from '../../../../worker/src/dispatch/starter';
import {
  createEndpointLimiter,
  type EndpointLimiter,
} from '../../../../worker/src/limiter/endpoint-limiter';
import type { Slot } from '../../../../worker/src/limiter/slot';
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

function parts(): { limiter: EndpointLimiter; sender: ClaimedSender } {
  const limiter = createEndpointLimiter({
    failing: () => undefined,
    working: () => undefined,
    freed: () => undefined,
  });
  const sender = createClaimedSender({
    store,
    bursts: { burstFor: () => undefined },
    first: { send: () => undefined },
  });
  return { limiter, sender };
}

/** How many slots there are to be had. */
function room(limiter: EndpointLimiter): number {
  const slots: Slot[] = [];
  for (let slot = limiter.acquire(endpoint); slot; slot = limiter.acquire(endpoint))
    slots.push(slot);
  for (const slot of slots) slot.release();
  return slots.length;
}

test('where what was claimed cannot be loaded, its slots are given back', async () => {
  const { limiter, sender } = parts();
  const before = room(limiter);
  const slot = limiter.acquire(endpoint)!;
  expect(room(limiter)).toBe(before - 1);
  jest.mocked(loadDeliveries).mockImplementation(gone);
  const delivery = { id: 'dlv_1', endpointId: endpoint.id } as ClaimedDelivery;
  await expect(sender.send([{ delivery, slot }])).rejects.toThrow('gone');
  expect(room(limiter)).toBe(before);
});

test.each([
  { name: 'of a backlog', failingSince: null, left: 64 },
  { name: 'of a probe', failingSince: 1, left: 8 },
])(
  'where the database is gone while it is asked, the slots $name are given back',
  async ({ failingSince, left }) => {
    const { limiter, sender } = parts();
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
      claimedSender: sender,
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
    expect(room(limiter)).toBe(left);
  },
);
