import type { Sql } from '../databases/database';
import type { DeliveryToMake } from '../deliveries/load-deliveries';
import type { Endpoint } from '../endpoints/endpoint';
import { writeRows } from '../sql';
import type { Store } from '../store';
import type { Candidate } from './candidate';

const COLUMNS = {
  id: 'text',
  event_key: 'text',
  endpoint_id: 'text',
  system: 'text',
  user_id: 'text',
  type: 'text',
  status: 'text',
  lease_until: 'bigint',
  burst_id: 'text',
  critical: 'integer',
  created_at: 'bigint',
  expires_at: 'bigint',
} as const;

/** What is written of a delivery, and of its event. */
export interface DeliveryToWrite {
  event: Pick<Candidate, 'key' | 'system' | 'user_id' | 'type' | 'critical' | 'created_at'>;
  delivery: Pick<DeliveryToMake, 'id' | 'status' | 'leaseUntil' | 'burstId' | 'expiresAt'> & {
    endpoint: Pick<Endpoint, 'id'>;
  };
}

/** Writes deliveries that were not there before, due at once: a throttle tells later of another time. */
export async function writeDeliveries(
  store: Pick<Store, 'dialect'>,
  on: Sql,
  deliveries: readonly DeliveryToWrite[],
): Promise<void> {
  const rows = deliveries.map(({ event, delivery }) => ({
    id: delivery.id,
    event_key: event.key,
    endpoint_id: delivery.endpoint.id,
    system: event.system,
    user_id: event.user_id,
    type: event.type,
    status: delivery.status,
    lease_until: delivery.leaseUntil,
    burst_id: delivery.burstId,
    critical: Number(event.critical),
    created_at: event.created_at,
    expires_at: delivery.expiresAt,
  }));
  await writeRows(
    on,
    { dialect: store.dialect, columns: COLUMNS, rows },
    (table) =>
      `insert into deliveries (id, event_key, endpoint_id, system, user_id, type, status, lease_until,
         burst_id, critical, next_attempt_at, expires_at, created_at)
       select id, event_key, endpoint_id, system, user_id, type, status, lease_until,
         burst_id, critical, created_at, expires_at, created_at from ${table}`,
  );
}
