import { createHash, createHmac } from 'node:crypto';

/**
 * The secret that a trigger gives to its endpoint: made from the credential's token and the node's
 * place, so that the challenge, which comes while the trigger is still being registered, can be
 * verified, and so that no secret lies in the workflow's data.
 *
 * It follows the node rather than its URL: when a request arrives, n8n tells the production URL in
 * tests too.
 *
 * @returns `whsec_` and the base64 of 32 bytes, as Standard Webhooks has it.
 */
export function signingSecret(token: string, place: { workflow: string; node: string }): string {
  const context = JSON.stringify(['careerhooks-n8n-trigger', place.workflow, place.node]);
  return `whsec_${createHmac('sha256', token).update(context).digest('base64')}`;
}

/** Tells one secret from another without showing either. */
export function fingerprintOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 16);
}
