import type { AppliedChange, CvChange, CvError } from '@careerhooks/cv';
import { commitCvChange } from '@careerhooks/store';
import type { ServerContext } from '../../context';
import { judgeChange } from './judge-change';

/** What became of a change; a refused one is in the history all the same. */
export type ChangeOutcome =
  | { outcome: 'committed'; id: string; version: number; ids: string[] }
  | { outcome: 'refused'; id: string; error: CvError }
  /** Its signature was used before, and nothing is written. */
  | { outcome: 'repeated' };

/** Commits a change of the CV and has its further steps begun. */
export async function commitChange(
  context: ServerContext,
  change: CvChange,
  request: { id?: string; receivedAt: number; signature?: string | undefined },
): Promise<ChangeOutcome> {
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
  if (committed === undefined) return { outcome: 'repeated' };
  if (refused !== undefined) return { outcome: 'refused', id: committed.id, error: refused };
  context.engine.wake();
  context.engine.wakeCv();
  return { outcome: 'committed', ...committed, ids: applied?.ids ?? [] };
}
