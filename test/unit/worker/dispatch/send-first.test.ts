import type { DeliveryToMake, Holds, Store } from '@careerhooks/store';
import type { PostOutcome } from '@careerhooks/workflows';
import { pino } from 'pino';
import type { Attempts } from '../../../../worker/src/attempts/attempts';
import { createFirstSender } from '../../../../worker/src/dispatch/send-first';
import { KeptSlot, type Slot } from '../../../../worker/src/limiter/slot';

jest.mock('@careerhooks/store', () => ({
  ...jest.requireActual<object>('@careerhooks/store'),
  extendLeases: () => Promise.reject(new Error('the database is away')),
}));

const delivered: PostOutcome = { status: 'delivered', attempts: 1 };

/** Attempts that are made as soon as it is their turn, and what becomes of them. */
function world(begin?: Attempts['begin']) {
  const seen = {
    sent: [] as string[],
    held: [] as string[],
    followed: [] as string[],
    carried: [] as string[],
    outcomes: [] as unknown[],
  };
  const carry = (attempt: Promise<PostOutcome>): void => {
    attempt.then(
      (outcome) => seen.outcomes.push(outcome.status),
      (error: unknown) => seen.outcomes.push(String(error)),
    );
  };
  const sender = createFirstSender({
    store: {} as Store,
    holds: {
      add(ids: string[]) {
        seen.held.push(...ids);
        return Promise.resolve();
      },
    } as unknown as Holds,
    attempts: {
      begin:
        begin ??
        (async (delivery, _, inTurn) => {
          const made = await inTurn(() => {
            seen.sent.push(delivery.id);
            return Promise.resolve(delivered);
          });
          return made ?? { status: 'held', attempts: 0 };
        }),
    },
    bursts: {
      add(burstId, endpointId, attempt) {
        seen.carried.push(`${burstId} ${endpointId}`);
        carry(attempt);
      },
    },
    deliveryWorkflows: {
      follow({ id }, attempt) {
        seen.followed.push(id);
        carry(attempt);
      },
    },
    log: pino({ enabled: false }),
  });
  senders.push(sender);
  return { sender, seen };
}

const senders: { stop(): Promise<void> }[] = [];

/** A slot whose turn comes when the test says, or never. */
function slotOf() {
  const state = { released: 0, used: 0, turn: (() => undefined) as (comes: boolean) => void };
  const slot: Slot = new KeptSlot(state, {
    async use(of, work) {
      of.used += 1;
      const comes = await new Promise<boolean>((resolve) => (of.turn = resolve));
      return comes ? work() : undefined;
    },
    giveBack: (of) => void (of.released += 1),
  });
  return { slot, state };
}

function deliveryOf(facts: { leaseMs?: number; burstId?: string } = {}): DeliveryToMake {
  const { leaseMs = 10_000, burstId = null } = facts;
  const endpoint = { id: 'ep_1' };
  return {
    id: 'dlv_1',
    burstId,
    leaseUntil: Date.now() + leaseMs,
    endpoint,
  } as unknown as DeliveryToMake;
}

const settled = () => jest.advanceTimersByTimeAsync(0);

beforeEach(() => jest.useFakeTimers());
afterEach(async () => {
  for (const sender of senders.splice(0)) await sender.stop();
  jest.useRealTimers();
});

test('one that comes alone is sent when it is its turn, and followed by its workflow', async () => {
  const { sender, seen } = world();
  const { slot, state } = slotOf();
  sender.send(deliveryOf(), slot);
  await settled();
  expect(seen).toMatchObject({ followed: ['dlv_1'], carried: [], sent: [] });
  state.turn(true);
  await settled();
  expect(seen).toMatchObject({ sent: ['dlv_1'], held: [], outcomes: ['delivered'] });
  expect(state).toMatchObject({ used: 1, released: 0 });
});

test('one of a burst is carried by it, and has no workflow', async () => {
  const { sender, seen } = world();
  const { slot, state } = slotOf();
  sender.send(deliveryOf({ burstId: 'burst_1' }), slot);
  state.turn(true);
  await settled();
  expect(seen).toMatchObject({ carried: ['burst_1 ep_1'], followed: [], sent: ['dlv_1'] });
});

test('one whose lease is about to run out is left to others, and its slot is given back', async () => {
  const { sender, seen } = world();
  const { slot, state } = slotOf();
  sender.send(deliveryOf({ leaseMs: 3_900 }), slot);
  await settled();
  expect(state).toMatchObject({ used: 0, released: 1 });
  expect(seen).toMatchObject({ followed: [], carried: [], sent: [], held: [] });
});

test('one that joins an attempt that is under way gives its slot back, and hears of the outcome', async () => {
  const { sender, seen } = world(() => Promise.resolve(delivered));
  const { slot, state } = slotOf();
  sender.send(deliveryOf(), slot);
  await settled();
  expect(state).toMatchObject({ used: 0, released: 1 });
  expect(seen.outcomes).toEqual(['delivered']);
});

test('one whose turn never comes, since its endpoint begins to fail, is held', async () => {
  const { sender, seen } = world();
  const { slot, state } = slotOf();
  sender.send(deliveryOf(), slot);
  state.turn(false);
  await settled();
  expect(seen).toMatchObject({ sent: [], held: ['dlv_1'], outcomes: ['held'] });
});

test.each([
  { what: 'when it is its turn', comes: true },
  { what: 'when its turn is given up', comes: false },
])('one whose lease is lost $what is neither sent nor held: others have it', async ({ comes }) => {
  const { sender, seen } = world();
  const { slot, state } = slotOf();
  sender.send(deliveryOf(), slot);
  await jest.advanceTimersByTimeAsync(10_100);
  state.turn(comes);
  await settled();
  expect(seen).toMatchObject({ sent: [], held: [], outcomes: ['held'] });
  expect(state).toMatchObject({ used: 1, released: 0 });
});

test('one that cannot be begun gives its slot back', async () => {
  const { sender, seen } = world(() => Promise.reject(new Error('no')));
  const { slot, state } = slotOf();
  sender.send(deliveryOf(), slot);
  await settled();
  expect(seen.outcomes).toEqual(['Error: no']);
  expect(state.released).toBe(1);
});

test('a process that stops waits for what is under way', async () => {
  const { sender, seen } = world();
  const { slot, state } = slotOf();
  sender.send(deliveryOf(), slot);
  let stopped = false;
  const stop = sender.stop().then(() => (stopped = true));
  await settled();
  expect(stopped).toBe(false);
  state.turn(true);
  await stop;
  expect(seen.sent).toEqual(['dlv_1']);
});
