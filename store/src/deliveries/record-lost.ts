import { inTransaction, jsonParameter, jsonRows, rowsOf } from '../sql';
import type { Store } from '../store';
import type { AttemptRecord } from './attempt-record';
import { recordAttempts } from './record-attempts';

const AT_ONCE = 500;

/**
 * Records again those attempts that this process has recorded lately and the database lacks, so that
 * what was delivered is not sent again. Gives those of deliveries that it knows nothing of.
 */
export async function recordLost(
  store: Store,
  records: readonly AttemptRecord[],
): Promise<AttemptRecord[]> {
  const unknown: AttemptRecord[] = [];
  for (let from = 0; from < records.length; from += AT_ONCE) {
    const lost = await lacking(store, records.slice(from, from + AT_ONCE));
    if (lost.length === 0) continue;
    const outcomes = await inTransaction(store, (transaction) =>
      recordAttempts(store, transaction, lost),
    );
    unknown.push(...lost.filter((_, index) => outcomes[index] === 'unknown'));
  }
  return unknown;
}

async function lacking(store: Store, records: readonly AttemptRecord[]): Promise<AttemptRecord[]> {
  const rows = jsonRows(store.dialect, 'r', { place: 'integer', id: 'text', number: 'integer' });
  const found = await rowsOf<{ place: number }>(
    store.read,
    `select r.place from ${rows}
     join attempts a on a.delivery_id = r.id and a.number = r.number`,
    [
      jsonParameter(
        records.map(({ deliveryId, number }, place) => ({ place, id: deliveryId, number })),
      ),
    ],
  );
  const there = new Set(found.map(({ place }) => place));
  return records.filter((_, place) => !there.has(place));
}
