import { type CvChange, type CvError, loadFonts, tellMissing } from '@careerhooks/cv';
import type { ServerContext } from '../context';
import { commit } from './commit';
import { judgeOf } from './judge-change';

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
  const { action, section, data } = change;
  const committed = await commit(
    context,
    {
      ...request,
      action: shortened(action),
      section: shortened(section),
      data: JSON.stringify(data),
    },
    judgeOf(change),
  );
  if (committed === undefined) return { outcome: 'repeated' };
  const { id, version, verdict } = committed;
  if ('failure' in verdict) return { outcome: 'refused', id, error: verdict.failure };
  const warnings = tellMissing(data, loadFonts(context.cv.fonts));
  return { outcome: 'committed', id, version, ids: verdict.ids, warnings };
}

/** For the history, which has what was refused, too. */
function shortened(text: string): string {
  return text.slice(0, 50).toWellFormed().replaceAll('\0', '\ufffd');
}
