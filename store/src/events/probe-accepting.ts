import { randomBytes } from 'node:crypto';
import { newId } from '../ids';
import { ACCEPT_MS } from '../committer-of';
import { inTransaction } from '../sql';
import type { Store } from '../store';
import { acceptWithin } from './accept-events';

/** No system has this name, so that nobody can subscribe to what it publishes. */
const PROBE = 'readiness.probe';

/**
 * Accepts an event and takes it back in the same transaction: whatever keeps events from being accepted
 * (a lock, a standby, a disk, a commit that waits) keeps this from its end, too, and nobody ever sees it.
 *
 * @param bytes how much room it needs, beside the row: of random text, which does not compress.
 */
export async function probeAccepting(store: Store, bytes: number): Promise<void> {
  const id = newId();
  const data = JSON.stringify({ ballast: randomBytes((bytes * 3) / 4).toString('base64') });
  const bindings = [id, PROBE, PROBE];
  await inTransaction(
    store,
    async (on) => {
      await acceptWithin(store, on, [{ id, system: PROBE, user: PROBE, type: PROBE, data }]);
      await on.run('delete from events where id = ? and system = ? and user_id = ?', bindings);
    },
    { withinMs: ACCEPT_MS },
  );
}
