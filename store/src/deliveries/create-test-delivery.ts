import { newId } from '../ids';
import { DELIVERY_LIFETIME_MS } from './delivery';
import { insertion, inTransaction } from '../sql';
import type { Store } from '../store';

/**
 * Writes a test event and its one delivery. Nobody leases it: whoever asked for
 * the test makes its one attempt.
 */
export function createTestDelivery(
  store: Store,
  test: {
    endpointId: string;
    system: string;
    user: string;
    type: string;
    data: string;
    previousAttributes?: string;
  },
): Promise<string> {
  return inTransaction(store, async (transaction) => {
    const now = Date.now();
    const key = newId();
    const [event, eventBindings] = insertion({
      key,
      id: `evt_test_${key.replaceAll('-', '')}`,
      system: test.system,
      user_id: test.user,
      type: test.type,
      data: test.data,
      previous_attributes: test.previousAttributes,
      content_hash: '',
      is_test: 1,
      created_at: now,
    });
    await transaction.run(`insert into events ${event}`, eventBindings);
    const id = newId();
    const [delivery, deliveryBindings] = insertion({
      id,
      event_key: key,
      endpoint_id: test.endpointId,
      system: test.system,
      user_id: test.user,
      type: test.type,
      status: 'pending',
      next_attempt_at: now,
      expires_at: now + DELIVERY_LIFETIME_MS,
      is_test: 1,
      created_at: now,
    });
    await transaction.run(`insert into deliveries ${delivery}`, deliveryBindings);
    return id;
  });
}
