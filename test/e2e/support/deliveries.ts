import type { CallApi } from '../../support/call-api';
import { waitUntil } from '../../support/wait-until';

/** Of a delivery, what its list tells. */
export interface ListedDelivery {
  id: string;
  event_id: string;
  endpoint_id: string;
  status: string;
  attempt_count: number;
  next_attempt_at: string | null;
  last_status_code: number | null;
  last_error_code: string | null;
}

/** All deliveries, newest first. */
export async function listDeliveries(call: CallApi): Promise<ListedDelivery[]> {
  const all: ListedDelivery[] = [];
  for (let cursor = ''; ;) {
    const { body } = await call('GET', `/v1/deliveries?limit=200${cursor}`);
    all.push(...(body.data as ListedDelivery[]));
    if (body.next_cursor === null) return all;
    cursor = `&cursor=${encodeURIComponent(body.next_cursor as string)}`;
  }
}

/** How many there are of each status. */
export function statuses(deliveries: readonly ListedDelivery[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of deliveries) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const UNDER_WAY = new Set(['pending', 'held', 'retrying']);

/** A wait that is longer is not for what a test does, but for what n8n's users do: minutes. */
const LONG_WAIT_MS = 20_000;

/** Waits until no delivery is under way any more; what waits for minutes is tried at once. */
export async function settleDeliveries(
  call: CallApi,
  timeoutMs: number,
): Promise<ListedDelivery[]> {
  await waitUntil(
    async () => {
      const all = await listDeliveries(call);
      for (const { id } of all.filter(waitsLong)) await call('POST', `/v1/deliveries/${id}/retry`);
      return statuses(all);
    },
    (counts) => Object.keys(counts).every((status) => !UNDER_WAY.has(status)),
    timeoutMs,
  );
  return listDeliveries(call);
}

function waitsLong({ status, next_attempt_at }: ListedDelivery): boolean {
  const dueAt = Date.parse(next_attempt_at ?? '');
  return status === 'retrying' && dueAt > Date.now() + LONG_WAIT_MS;
}
