import { createReservation } from '../../../../store/src/events/reservation';
import type { DeliveryToMake } from '../../../../store/src/deliveries/load-deliveries';
import type { FirstAttempts } from '../../../../store/src/deliveries/first-attempts';

/** A maker of first attempts with slots for some endpoints, that tells what it was asked. */
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
    sendReserved: (deliveries) => void taken.push(...deliveries),
    wake: () => undefined,
  };
  return { firstAttempts, asked, givenBack, taken };
}

function delivery(id: string, endpointId: string): DeliveryToMake {
  return { id, endpoint: { id: endpointId }, event: { key: `event of ${id}` } } as DeliveryToMake;
}

test('of what is written, those that have to wait count for the burst, too', () => {
  const { firstAttempts, asked } = maker(['ep_full']);
  const [admitted] = createReservation(firstAttempts).admit(
    [delivery('dlv_1', 'ep_free'), delivery('dlv_2', 'ep_full')],
    100,
  );
  expect(asked).toEqual([{ admitted: 1, written: 100 }]);
  expect(admitted).toMatchObject({ id: 'dlv_1', burstId: 'burst_1' });
});

test('what is durable is handed over; what did not come about gives its slot back', () => {
  const { firstAttempts, givenBack, taken } = maker();
  const reservation = createReservation(firstAttempts);
  reservation.admit([delivery('dlv_1', 'ep_1'), delivery('dlv_2', 'ep_2')], 2);
  reservation.drop(new Set(['event of dlv_2']));
  expect(givenBack).toEqual(['ep_2']);
  reservation.complete();
  expect(taken.map(({ id }) => id)).toEqual(['dlv_1']);

  const failed = createReservation(firstAttempts);
  failed.admit([delivery('dlv_3', 'ep_3')], 1);
  failed.giveBack();
  expect(givenBack).toEqual(['ep_2', 'ep_3']);
});

test("what was handed over is its taker's: a slot is not given back twice", () => {
  const { firstAttempts, givenBack, taken } = maker();
  const reservation = createReservation(firstAttempts);
  reservation.admit([delivery('dlv_1', 'ep_1')], 1);
  reservation.complete();
  // As the next transaction begins.
  reservation.giveBack();
  expect(givenBack).toEqual([]);
  reservation.admit([delivery('dlv_2', 'ep_1')], 1);
  reservation.complete();
  expect(taken.map(({ id }) => id)).toEqual(['dlv_1', 'dlv_2']);
});
