import { createHandOver } from '../../../../store/src/events/hand-over';
import type { DeliveryToMake } from '../../../../store/src/deliveries/load-deliveries';
import type { FirstAttempts } from '../../../../store/src/deliveries/first-attempts';

/** A maker of first attempts with places for some endpoints, that tells what it was asked. */
function maker(full: readonly string[] = []) {
  const asked: { admitted: number; written: number }[] = [];
  const givenBack: string[] = [];
  const taken: DeliveryToMake[] = [];
  const firstAttempts: FirstAttempts = {
    admit: ({ id }) => !full.includes(id),
    giveBack: (endpointId) => void givenBack.push(endpointId),
    burstFor: (admitted, written) => {
      asked.push({ admitted, written });
      return written > 5 ? 'burst_1' : undefined;
    },
    take: (deliveries) => void taken.push(...deliveries),
    wake: () => undefined,
  };
  return { firstAttempts, asked, givenBack, taken };
}

function delivery(id: string, endpointId: string): DeliveryToMake {
  return { id, endpoint: { id: endpointId }, event: { key: `event of ${id}` } } as DeliveryToMake;
}

test('of what is written, those that have to wait count for the burst, too', () => {
  const { firstAttempts, asked } = maker(['ep_full']);
  const [admitted] = createHandOver(firstAttempts).admit(
    [delivery('dlv_1', 'ep_free'), delivery('dlv_2', 'ep_full')],
    100,
  );
  expect(asked).toEqual([{ admitted: 1, written: 100 }]);
  expect(admitted).toMatchObject({ id: 'dlv_1', burstId: 'burst_1' });
});

test('what is durable is handed over; what did not come about gives its place back', () => {
  const { firstAttempts, givenBack, taken } = maker();
  const handOver = createHandOver(firstAttempts);
  handOver.admit([delivery('dlv_1', 'ep_1'), delivery('dlv_2', 'ep_2')], 2);
  handOver.drop(new Set(['event of dlv_2']));
  expect(givenBack).toEqual(['ep_2']);
  handOver.complete();
  expect(taken.map(({ id }) => id)).toEqual(['dlv_1']);

  const failed = createHandOver(firstAttempts);
  failed.admit([delivery('dlv_3', 'ep_3')], 1);
  failed.giveBack();
  expect(givenBack).toEqual(['ep_2', 'ep_3']);
});

test("what was handed over is its taker's: a place is not given back twice", () => {
  const { firstAttempts, givenBack, taken } = maker();
  const handOver = createHandOver(firstAttempts);
  handOver.admit([delivery('dlv_1', 'ep_1')], 1);
  handOver.complete();
  // As the next transaction begins.
  handOver.giveBack();
  expect(givenBack).toEqual([]);
  handOver.admit([delivery('dlv_2', 'ep_1')], 1);
  handOver.complete();
  expect(taken.map(({ id }) => id)).toEqual(['dlv_1', 'dlv_2']);
});
