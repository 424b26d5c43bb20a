import { type Endpoint, type EndpointKeys, liveKeys, rotateKeys } from '@careerhooks/store';
import { generateKeys, generatePrivateKey } from '@careerhooks/systems';
import type { ServerContext } from '../context';
import { requireSystem } from '../systems/require-system';

/**
 * Replaces an endpoint's keys by new ones, of `secret` where its owner brings one; those of Ed25519
 * too, where it has any. Until `overlapUntil` (Unix milliseconds) the older ones sign along.
 */
export async function rotateSecret(
  context: ServerContext,
  endpoint: Endpoint,
  { secret, overlapUntil }: { secret?: string; overlapUntil: number },
): Promise<EndpointKeys> {
  const [current] = await liveKeys(context.store, endpoint.id);
  const keys = {
    ...generateKeys(requireSystem(endpoint.system), secret),
    ...(current?.privateKey !== undefined && { privateKey: generatePrivateKey() }),
  };
  await rotateKeys(context.store, endpoint.id, keys, overlapUntil);
  return keys;
}
