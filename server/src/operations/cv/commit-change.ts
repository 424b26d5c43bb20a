import {
  type AppliedChange,
  type CvChange,
  CvError,
  loadFonts,
  tellMissing,
} from '@careerhooks/cv';
import { commitCvChange } from '@careerhooks/store';
import { findUnstorable } from './find-unstorable';
import type { ServerContext } from '../../context';
import { judgeChange } from './judge-change';

/** What became of a change; a refused one is in the history all the same. */
export type ChangeOutcome =
  | { outcome: 'committed'; id: string; version: number; ids: string[]; warnings: string[] }
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
  const unstorable = findUnstorable(change);
  const judgeUnstorable = () => {
    refused = new CvError('VALIDATION_FAILED', undefined, unstorable);
    return { failure: { code: refused.code, message: refused.message } };
  };
  const committed = await commitCvChange(
    context.store,
    {
      ...request,
      action: shortened(action),
      section: shortened(section),
      data: JSON.stringify(data),
    },
    unstorable.length === 0 ? judge : () => judgeUnstorable(),
  );
  if (committed === undefined) return { outcome: 'repeated' };
  if (refused !== undefined) return { outcome: 'refused', id: committed.id, error: refused };
  context.engine.wake();
  context.engine.wakeCv();
  const warnings = tellMissing(data, loadFonts(context.cv.fonts));
  return { outcome: 'committed', ...committed, ids: applied?.ids ?? [], warnings };
}

/** For the history, which has what was refused, too. */
function shortened(text: string): string {
  return text.slice(0, 50).toWellFormed().replaceAll('\0', '\ufffd');
}
