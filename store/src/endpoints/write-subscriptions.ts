import type { Knex } from 'knex';

/** Replaces the patterns that an endpoint is subscribed to. */
export async function writeSubscriptions(
  on: Knex,
  endpointId: string,
  system: string,
  patterns: readonly string[],
): Promise<void> {
  await on.raw('delete from subscriptions where endpoint_id = ?', [endpointId]);
  for (const pattern of new Set(patterns)) {
    await on.raw('insert into subscriptions (endpoint_id, system, pattern) values (?, ?, ?)', [
      endpointId,
      system,
      pattern,
    ]);
  }
}
