import type { IWebhookFunctions } from 'n8n-workflow';
import { identityOf } from './identity';
import { type Kept, register, webhookUrlOf } from './registration';

/** How often a trigger may renew its registration: requests that are not from CareerHooks ask for it too. */
const EVERY_MS = 60_000;

/** When each trigger of this process renewed its registration last, by its identity. */
const renewedAt = new Map<string, number>();

/**
 * Renews the registration of a published trigger: it has another secret than n8n (the credential's
 * token was replaced, or CareerHooks was restored), or another URL (WEBHOOK_URL was changed).
 *
 * @returns false where nothing was tried: it was renewed in the last minute, or this is a test, which
 *   n8n registers anew each time. Rejects where CareerHooks refuses, or is not there.
 */
export async function renew(context: IWebhookFunctions, now: number): Promise<boolean> {
  if (context.getMode() === 'manual') return false;
  const identity = identityOf(context, 'production');
  if (now - (renewedAt.get(identity) ?? 0) < EVERY_MS) return false;
  renewedAt.set(identity, now);
  await register(context);
  context.logger.info('CareerHooks Trigger has renewed its registration');
  return true;
}

/** Whether n8n takes events at another URL by now than at the one that the trigger is registered with. */
export function hasMoved(context: IWebhookFunctions): boolean {
  if (context.getMode() === 'manual') return false;
  const { url } = context.getWorkflowStaticData('node') as Partial<Kept>;
  return url !== undefined && url !== webhookUrlOf(context);
}
