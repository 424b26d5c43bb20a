import type { Sql } from '../databases/database';

/** Replaces the patterns that an endpoint is subscribed to. */
export async function writeSubscriptions(
  on: Sql,
  endpointId: string,
  system: string,
  patterns: readonly string[],
): Promise<void> {
  await on.run('delete from subscriptions where endpoint_id = ?', [endpointId]);
  for (const pattern of new Set(patterns)) {
    await on.run('insert into subscriptions (endpoint_id, system, pattern) values (?, ?, ?)', [
      endpointId,
      system,
      pattern,
    ]);
  }
}
