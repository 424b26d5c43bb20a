import { checkUrl } from '@careerhooks/egress';
import { type Endpoint, type EndpointKeys, updateEndpoint, urlKey } from '@careerhooks/store';
import { generateChallenge, generateKeys } from '@careerhooks/systems';
import type { Caller } from '../../access/caller';
import type { ServerContext } from '../../context';
import { checkSettings } from '../../operations/endpoints/check-settings';
import { requireSystem } from '../../operations/require-system';
import { Problem } from '../../problems/problem';
import type { WantedWebhook } from './register-webhook';
import { requireWebhook } from './require-webhook';

/**
 * Changes what is given of the caller's webhook, and says which keys are new. A new URL is
 * challenged where the product's document challenges. Throws Problem `not_found` or `url_taken`.
 */
export async function changeWebhook(
  context: ServerContext,
  caller: Caller,
  { id, changes }: { id: string; changes: Partial<Omit<WantedWebhook, 'singleton'>> },
): Promise<{ endpoint: Endpoint; keys: EndpointKeys | undefined }> {
  const before = await requireWebhook(context, id, caller);
  const system = requireSystem(before.system);
  const moved = changes.url !== undefined && urlKey(changes.url) !== urlKey(before.url);
  const challenged = moved && (before.challengeSealed !== null || system.challengesByDefault);
  // The documents know webhooks alone, whatever other destinations there are.
  if (changes.url !== undefined) checkUrl(changes.url, context.egressPolicy);
  const keys = changes.secret === undefined ? undefined : generateKeys(system, changes.secret);
  const updated = await updateEndpoint(context.store, before.id, {
    ...checkSettings(context, system, changes),
    ...(changes.url !== undefined && { url: changes.url }),
    ...(changes.enabled !== undefined && { enabled: changes.enabled }),
    ...(challenged && { challenge: generateChallenge() }),
    ...(keys !== undefined && { keys }),
  });
  if (updated === 'url_taken') {
    throw new Problem('url_taken', 'There is another webhook at this URL.');
  }
  if (challenged) await context.engine.challenge(before.id);
  context.engine.wake();
  return { endpoint: await requireWebhook(context, before.id, caller), keys };
}
