import type { AppliedChange, CvChange, CvError } from '@careerhooks/cv';
import { commitCvChange } from '@careerhooks/store';
import type { ServerContext } from '../../context';
import { judgeChange } from './judge-change';
import { WebhookError } from './webhook-error';

export interface CommittedChange {
  id: string;
  version: number;
  ids: string[];
}

/**
 * Commits a change and has its further steps begun. Throws WebhookError 401 for a signature that was
 * used before, and 422 for a change that the CV refuses, which is in the history then.
 */
export async function commitChange(
  context: ServerContext,
  change: CvChange,
  request: { id?: string; receivedAt: number; signature?: string | undefined },
): Promise<CommittedChange> {
  let applied: AppliedChange | undefined;
  let refused: CvError | undefined;
  const judge = judgeChange(change, (outcome) => {
    if ('applied' in outcome) ({ applied } = outcome);
    else ({ refused } = outcome);
  });
  const { action, section, data } = change;
  const committed = await commitCvChange(
    context.store,
    {
      ...request,
      action: action.slice(0, 50),
      section: section.slice(0, 50),
      data: JSON.stringify(data),
    },
    judge,
  );
  if (committed === undefined) throw new WebhookError('SIGNATURE_REUSED');
  if (refused !== undefined) {
    const { code, message, issues } = refused;
    throw new WebhookError(code, { id: committed.id, issues }, message);
  }
  context.engine.wake();
  context.engine.wakeCv();
  return { ...committed, ids: applied?.ids ?? [] };
}
