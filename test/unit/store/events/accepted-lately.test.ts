import { createAcceptedLately, type KeptEvent } from '../../../../store/src/events/accepted-lately';
import type { AttemptRecord } from '../../../../store/src/deliveries/attempt-record';

const MEBI = 1024 * 1024;

function kept(id: string, size = 10): KeptEvent {
  const event = { id, data: 'x'.repeat(size), previous_attributes: null } as KeptEvent['event'];
  return { event, deliveries: [{ id: `d-${id}`, endpointId: 'ep_1' }] };
}

describe('what was accepted lately', () => {
  let now: number;
  beforeEach(() => {
    now = 1_000;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => jest.restoreAllMocks());

  it('is all of the last minute, the oldest first', () => {
    const lately = createAcceptedLately();
    const ids = (): string[] => lately.look().events.map(({ event }) => event.id);
    lately.accepted([kept('a'), kept('b')]);
    now += 40_000;
    lately.accepted([kept('c')]);
    lately.accepted([]);
    expect(ids()).toEqual(['a', 'b', 'c']);
    now += 40_000;
    lately.accepted([kept('d')]);
    expect(ids()).toEqual(['c', 'd']);
  });

  it('is kept through an outage in which nothing is accepted, however long', () => {
    const lately = createAcceptedLately();
    lately.accepted([kept('a')]);
    now += 3_600_000;
    expect(lately.look().events).toHaveLength(1);
  });

  it('is no more than fits: the oldest go first, whatever is in them', () => {
    const lately = createAcceptedLately();
    for (let index = 0; index < 100; index += 1) lately.accepted([kept(String(index), MEBI)]);
    const ids = lately.look().events.map(({ event }) => event.id);
    expect(ids).toEqual(Array.from({ length: 15 }, (_, index) => String(85 + index)));
  });

  it('does not grow by many small ones either', () => {
    const lately = createAcceptedLately();
    for (let index = 0; index < 100_000; index += 1) lately.accepted([kept('e', 0)]);
    expect(lately.look().events.length).toBeLessThan(50_000);
    expect(lately.look().events.length).toBeGreaterThan(20_000);
  });

  it('has the records of attempts, too, which push no event out', () => {
    const lately = createAcceptedLately();
    lately.accepted([kept('a')]);
    const record = { deliveryId: 'd', answerExcerpt: 'x'.repeat(MEBI) } as AttemptRecord;
    for (let count = 0; count < 40; count += 1) lately.recorded([record]);
    expect(lately.look().events).toHaveLength(1);
    expect(lately.look().records).toHaveLength(15);
  });
});
