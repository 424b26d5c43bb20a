import type { CvChange } from '@careerhooks/cv';
import type { ServerContext } from '../../context';
import { commitChange } from '../../cv/commit-change';
import { WebhookError } from './webhook-error';

/**
 * Commits what a webhook asks for. Throws WebhookError 401 for a signature that was used before, and
 * 422 for a change that the CV refuses.
 */
export async function commitWebhook(
  context: ServerContext,
  change: CvChange,
  request: { id?: string; receivedAt: number; signature?: string | undefined },
): Promise<{ id: string; version: number; ids: string[]; warnings: string[] }> {
  const result = await commitChange(context, change, request);
  if (result.outcome === 'repeated') throw new WebhookError('SIGNATURE_REUSED');
  if (result.outcome === 'refused') {
    const { code, message, issues } = result.error;
    throw new WebhookError(code, { id: result.id, issues }, message);
  }
  return result;
}
