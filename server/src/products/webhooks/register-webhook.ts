import { checkUrl } from '@careerhooks/egress';
import { type Endpoint, type EndpointKeys, getEndpoint, saveEndpoint } from '@careerhooks/store';
import { generateChallenge } from '@careerhooks/systems';
import type { Caller } from '../../access/caller';
import type { ServerContext } from '../../context';
import { checkSettings } from '../../operations/endpoints/check-settings';
import { chooseKeys } from '../../operations/endpoints/choose-keys';
import { requireSystem } from '../../operations/require-system';
import { ownerOf } from '../identify';

/** A webhook as a product's document lets its owner register it. */
export interface WantedWebhook {
  url: string;
  events: string[];
  description?: string | null | undefined;
  timeout_seconds?: number | null | undefined;
  max_retries?: number | null | undefined;
  secret?: string | undefined;
  /** Whether it gets events; as it is, or true, where this is not said. */
  enabled?: boolean | undefined;
  /** It is the owner's only one. */
  singleton?: boolean;
}

/**
 * Registers a webhook, or updates the one at the same URL. Its URL is challenged only where the
 * product's document says so: other receivers would not answer.
 */
export async function registerWebhook(
  context: ServerContext,
  caller: Caller,
  wanted: WantedWebhook,
): Promise<{ endpoint: Endpoint; keys: EndpointKeys; created: boolean }> {
  const owner = ownerOf(caller);
  const system = requireSystem(owner.system);
  // The documents know webhooks alone, whatever other destinations there are.
  checkUrl(wanted.url, context.egressPolicy);
  const saved = await saveEndpoint(context.store, {
    ...checkSettings(context, system, wanted),
    ...owner,
    url: wanted.url,
    events: wanted.events,
    ...(wanted.enabled !== undefined && { enabled: wanted.enabled }),
    ...(wanted.singleton === true && { singleton: true }),
    ...(system.challengesByDefault && { challenge: generateChallenge() }),
    chooseKeys: (current) => chooseKeys(system, { secret: wanted.secret }, current),
  });
  const { id, status } = saved.endpoint;
  if (status === 'pending') await context.engine.challenge(id);
  context.engine.wake();
  const endpoint = await getEndpoint(context.store, id, {}, context.store.write);
  return { ...saved, endpoint: endpoint ?? saved.endpoint };
}
