import { destinationOf } from '@careerhooks/destinations';
import {
  type Endpoint,
  type EndpointKeys,
  type EndpointSettings,
  getEndpoint,
  updateEndpoint,
  urlKey,
} from '@careerhooks/store';
import { generateChallenge, generateKeys } from '@careerhooks/systems';
import type { ServerContext } from '../context';
import { Problem } from '../problems/problem';
import { requireSystem } from '../systems/require-system';
import { checkSettings } from './check-settings';

/** What to change of an endpoint; undefined leaves a field as it is. */
export interface WantedChanges extends EndpointSettings {
  url?: string;
  /** Replaces the secret in use at once. */
  secret?: string;
  /** Whether it gets events. */
  enabled?: boolean;
}

/**
 * Changes an endpoint, and says which keys are new. A new URL is challenged where the old one was, and
 * where the system's document challenges. Undefined where the endpoint is gone meanwhile.
 *
 * Throws Problem `url_taken`, `invalid_request`, `unknown_event_type`, and EgressError for what its
 * destination refuses.
 */
export async function changeEndpoint(
  context: ServerContext,
  before: Endpoint,
  changes: WantedChanges,
): Promise<{ endpoint: Endpoint; keys: EndpointKeys | undefined } | undefined> {
  const { store, engine } = context;
  const { id } = before;
  const { url, secret, enabled } = changes;
  const system = requireSystem(before.system);
  const moved = url !== undefined && urlKey(url) !== urlKey(before.url);
  const wanted = before.challengeSealed !== null || system.challengesByDefault;
  const challenged = moved && wanted && destinationOf(before.url).challenges !== undefined;
  const keys = secret === undefined ? undefined : generateKeys(system, secret);
  const updated = await updateEndpoint(store, id, {
    ...checkSettings(context, system, changes, before),
    url,
    enabled,
    keys,
    ...(challenged && { challenge: generateChallenge() }),
  });
  if (updated === undefined) return undefined;
  if (updated === 'url_taken') {
    throw new Problem('url_taken', 'Change or delete the other endpoint, or choose another URL.');
  }
  if (challenged) await engine.challenge(id);
  engine.wake();
  const endpoint = await getEndpoint(store, id);
  return endpoint && { endpoint, keys };
}
