import type { IWebhookFunctions } from 'n8n-workflow';
import { identityOf } from './identity';
import { type Kept, register, webhookUrlOf } from './registration';

/** How often a trigger may renew its registration: requests that are not from CareerHooks ask for it too. */
const EVERY_MS = 60_000;

/** How long it stays where it is, after its new URL could not be reached. */
const STAY_MS = 60 * 60_000;

/** Until when each trigger of this process leaves its registration alone, by its identity. */
const restsUntil = new Map<string, number>();

/**
 * Renews the registration of a published trigger where it is, as CareerHooks has another secret of it
 * than n8n: the credential's token was replaced, or CareerHooks restored.
 *
 * @returns false where nothing was tried: it was renewed in the last minute, or this is a test, which
 *   n8n registers anew each time. Rejects where CareerHooks refuses, or is not there.
 */
export async function renew(context: IWebhookFunctions, now: number): Promise<boolean> {
  if (!mayRenew(context, now)) return false;
  const { url } = context.getWorkflowStaticData('node') as Partial<Kept>;
  await register(context, url);
  context.logger.info('CareerHooks Trigger has renewed its registration');
  return true;
}

/**
 * Registers a published trigger at the URL that n8n takes events at by now, where a delivery has come by
 * another one: WEBHOOK_URL was changed. The delivery shows that it is this n8n that is registered there.
 * Where CareerHooks does not reach the new URL, it stays at the old one. Rejects where that fails, too.
 */
export async function follow(context: IWebhookFunctions, now: number): Promise<void> {
  const { url } = context.getWorkflowStaticData('node') as Partial<Kept>;
  if (url === undefined || url === webhookUrlOf(context) || !mayRenew(context, now)) return;
  try {
    await register(context);
    context.logger.info('CareerHooks Trigger has moved its registration to the new WEBHOOK_URL');
  } catch (error) {
    restsUntil.set(identityOf(context, 'production'), now + STAY_MS);
    context.logger.warn(
      `CareerHooks Trigger stays registered at ${url}: ${(error as Error).message}`,
    );
    await register(context, url);
  }
}

function mayRenew(context: IWebhookFunctions, now: number): boolean {
  if (context.getMode() === 'manual') return false;
  const identity = identityOf(context, 'production');
  if (now < (restsUntil.get(identity) ?? 0)) return false;
  restsUntil.set(identity, now + EVERY_MS);
  return true;
}
