import type { DeliveryToMake, DeliveryToReserve, FirstAttempts } from '@careerhooks/store';
import { createFirstAttempts } from '../../../../worker/src/dispatch/reserve';

/** Who reserves, with slots for all endpoints but those in `full`, and what it does. */
function reserver(full: readonly string[] = []) {
  const burstsAsked: [number, number][] = [];
  const released: string[] = [];
  const sent: string[] = [];
  let woken = 0;
  const firstAttempts: FirstAttempts = createFirstAttempts({
    limiter: {
      acquire: ({ id }) =>
        full.includes(id)
          ? undefined
          : { run: (work) => work(), release: () => void released.push(id) },
    },
    bursts: {
      burstFor(admitted, written) {
        burstsAsked.push([admitted, written]);
        return written > 5 ? 'burst_1' : undefined;
      },
    },
    first: { send: ({ id }) => void sent.push(id) },
    wake: () => (woken += 1),
  });
  return { firstAttempts, burstsAsked, released, sent, woken: () => woken };
}

function delivery(
  id: string,
  endpointId = 'ep_1',
  settings: { status?: string; throttled?: boolean; ordered?: boolean } = {},
): DeliveryToReserve {
  const { status = 'pending', throttled = false, ordered = false } = settings;
  const endpoint = { id: endpointId, ratePerSecond: null, ordered, status: 'active' };
  return { delivery: { id, status, endpoint } as DeliveryToMake, throttled };
}

const idsOf = (deliveries: readonly DeliveryToMake[]) => deliveries.map(({ id }) => id);

test('what there is a slot for is sent, leased and marked; the rest of what could go is held', () => {
  const { firstAttempts } = reserver(['ep_full']);
  const { send, hold } = firstAttempts.reserve([
    delivery('dlv_1', 'ep_free'),
    delivery('dlv_2', 'ep_full'),
    delivery('dlv_paused', 'ep_free', { status: 'held' }),
    delivery('dlv_throttled', 'ep_free', { throttled: true }),
  ]);
  expect(send).toMatchObject([{ id: 'dlv_1', burstId: null }]);
  expect(send[0]!.leaseUntil).toBeGreaterThan(Date.now() + 5_000);
  expect(idsOf(hold)).toEqual(['dlv_2']);
});

test('of what is written, those that have to wait count for the burst, too', () => {
  const { firstAttempts, burstsAsked } = reserver(['ep_full']);
  const deliveries = [
    delivery('dlv_1', 'ep_free'),
    ...Array.from({ length: 9 }, (_, index) => delivery(`dlv_full_${index}`, 'ep_full')),
  ];
  expect(firstAttempts.reserve(deliveries).send).toMatchObject([{ burstId: 'burst_1' }]);
  expect(burstsAsked).toEqual([[1, 10]]);
});

test('what is committed goes out once, and its slots are no longer the reservation’s', () => {
  const { firstAttempts, sent, released } = reserver();
  const reservation = firstAttempts.reserve([delivery('dlv_1'), delivery('dlv_2')]);
  expect(sent).toEqual([]);
  reservation.commit();
  reservation.commit();
  reservation.cancel();
  expect(sent).toEqual(['dlv_1', 'dlv_2']);
  expect(released).toEqual([]);
});

test('what did not come about gives its slots back once, and never goes out', () => {
  const { firstAttempts, sent, released } = reserver();
  const reservation = firstAttempts.reserve([delivery('dlv_1', 'ep_1'), delivery('dlv_2', 'ep_2')]);
  reservation.cancel();
  reservation.cancel();
  reservation.commit();
  expect(released).toEqual(['ep_1', 'ep_2']);
  expect(sent).toEqual([]);
});

test.each([
  { what: 'is held for want of a slot', endpointId: 'ep_full', settings: {}, wakes: true },
  { what: 'is throttled', settings: { throttled: true }, wakes: true },
  { what: 'waits for those before it', settings: { status: 'held', ordered: true }, wakes: true },
  { what: 'waits behind a backlog', settings: { status: 'held' }, wakes: false },
  { what: 'is sent', settings: {}, wakes: false },
])('the dispatcher looks at once where one $what: $wakes', ({ endpointId, settings, wakes }) => {
  const { firstAttempts, woken } = reserver(['ep_full']);
  const reservation = firstAttempts.reserve([delivery('dlv_1', endpointId, settings)]);
  expect(woken()).toBe(0);
  reservation.commit();
  expect(woken()).toBe(wakes ? 1 : 0);
});
