import { rowsOf } from '../sql';
import type { Store } from '../store';
import { deleteEndpoint } from './delete-endpoint';

/** An endpoint whose time was over, and how many deliveries were cancelled with it. */
export interface EndedEndpoint {
  id: string;
  cancelled: number;
}

/** Deletes endpoints whose `endsAt` has come: those detached, and those registered for a while. */
export async function endEndpoints(store: Store, now: number): Promise<EndedEndpoint[]> {
  const due = await rowsOf<{ id: string }>(
    store.read,
    `select id from endpoints where deleted_at is null and (ends_at <= ? or detached_until <= ?)
     limit 100`,
    [now, now],
  );
  const ended: EndedEndpoint[] = [];
  for (const { id } of due) {
    // It may have been registered again since.
    const cancelled = await deleteEndpoint(store, id, { endedBy: now });
    if (cancelled !== undefined) ended.push({ id, cancelled });
  }
  return ended;
}
