import type { Sql } from '../databases/database';
import { jsonParameter, jsonRows, rowsOf } from '../sql';
import type { Store } from '../store';
import { acceptWithin } from './accept-events';
import { DELIVERY_FAILED } from './event';

interface LostRow {
  id: string;
  event_id: string;
  system: string;
  user_id: string;
  type: string;
  endpoint_id: string;
  attempts: number;
  last_status_code: number | null;
  last_error_code: string | null;
  finished_at: number;
}

/**
 * Accepts an event `delivery.failed` for each of these deliveries that is
 * critical and has just failed or expired, for the same system and user, in the
 * transaction that records the failure. Its id follows from the delivery and its
 * attempts: recording the failure again tells of it once. It is not critical
 * itself, so that a failing alert raises no other.
 */
export async function alertOfFailures(
  store: Store,
  on: Sql,
  deliveryIds: readonly string[],
): Promise<void> {
  if (deliveryIds.length === 0) return;
  const rows = jsonRows(store.dialect, 'r', { id: 'text' });
  const lost = await rowsOf<LostRow>(
    on,
    `select d.id, e.id as event_id, d.system, d.user_id, d.type, d.endpoint_id, d.attempts,
       d.last_status_code, d.last_error_code, d.finished_at
     from ${rows} join deliveries d on d.id = r.id join events e on e.key = d.event_key
     where d.critical = 1 and d.is_test = 0 and d.status in ('failed', 'expired')`,
    [jsonParameter(deliveryIds.map((id) => ({ id })))],
  );
  await acceptWithin(
    store,
    on,
    lost.map((row) => ({
      id: `evt_failed_${row.id.replaceAll('-', '')}_${row.attempts}`,
      system: row.system,
      user: row.user_id,
      type: DELIVERY_FAILED,
      data: JSON.stringify({
        delivery_id: row.id,
        event_id: row.event_id,
        event_type: row.type,
        endpoint_id: row.endpoint_id,
        attempts: row.attempts,
        last_status_code: row.last_status_code,
        last_error_code: row.last_error_code,
        failed_at: new Date(row.finished_at).toISOString(),
      }),
    })),
  );
}
