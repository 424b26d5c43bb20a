import type { DeliveryToMake } from '@careerhooks/store';
import { findSystem, type System } from '@careerhooks/systems';
import { retryDelay } from '../../../../worker/src/attempts/retry-delay';

type Facts = Parameters<typeof retryDelay>[0];

function delivery(
  endpoint: Partial<DeliveryToMake['endpoint']> = {},
  facts: Partial<Facts> = {},
): Facts {
  return {
    isTest: false,
    attemptsBeforeRound: 0,
    endpoint: { schedule: 'system', maxRetries: null, ...endpoint } as DeliveryToMake['endpoint'],
    ...facts,
  };
}

function system(key: string): System {
  const found = findSystem(key);
  if (found === undefined) throw new Error(key);
  return found;
}

function delays(facts: Facts, key: string, attempts: number): (number | undefined)[] {
  return Array.from({ length: attempts }, (_, index) =>
    retryDelay(facts, system(key), index + 1, 0),
  );
}

describe('the delay before the next attempt', () => {
  it.each([
    ['roleready', [1_000, 5_000, 15_000, undefined]],
    ['pathfinder', [1_000, 2_000, undefined]],
    ['resumebuilder', [10_000, 20_000, 40_000, undefined]],
    ['proposals', [0, 1_000, 2_000, 4_000, 8_000, undefined]],
    ['cv', [1_000, 2_000, 4_000, undefined]],
  ])('follows the document of %s', (key, expected) => {
    expect(delays(delivery(), key, expected.length)).toEqual(expected);
  });

  it("follows Standard Webhooks' schedule where the endpoint chose it", () => {
    const [first, second] = delays(delivery({ schedule: 'extended' }), 'roleready', 2);
    expect([first, second]).toEqual([5_000, 300_000]);
    expect(retryDelay(delivery({ schedule: 'extended' }), system('roleready'), 40, 0)).toBe(
      36_000_000,
    );
  });

  it("keeps to the endpoint's own number of retries", () => {
    expect(delays(delivery({ maxRetries: 1 }), 'roleready', 2)).toEqual([1_000, undefined]);
    expect(delays(delivery({ maxRetries: 0 }), 'roleready', 1)).toEqual([undefined]);
  });

  it('starts anew after a retry by hand', () => {
    const facts = delivery({}, { attemptsBeforeRound: 4 });
    expect(retryDelay(facts, system('roleready'), 5, 0)).toBe(1_000);
  });

  it('never repeats a test', () => {
    expect(delays(delivery({}, { isTest: true }), 'roleready', 1)).toEqual([undefined]);
  });
});
