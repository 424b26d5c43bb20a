import { applyChange, type CvChange, CvError, readCv } from '@careerhooks/cv';
import type { CvVerdict } from '@careerhooks/store';
import { findUnstorable } from './find-unstorable';

const EVENTS: Record<string, string> = {
  update: 'cv.updated',
  add: 'cv.item_added',
  delete: 'cv.item_deleted',
  move: 'cv.updated',
};

/** What becomes of the CV by a change, with the ids of what changed, or why it refuses the change. */
export type ChangeVerdict =
  (Extract<CvVerdict, { continues: boolean }> & { ids: string[] }) | { failure: CvError };

/** The judge of a change, for a CV (JSON text; empty: no CV yet) that a transaction finds. */
export function judgeOf(change: CvChange): (document: string) => ChangeVerdict {
  const unstorable = findUnstorable(change);
  if (unstorable.length === 0) return (document) => judge(document, change);
  return () => ({ failure: new CvError('VALIDATION_FAILED', undefined, unstorable) });
}

function judge(document: string, change: CvChange): ChangeVerdict {
  try {
    const { cv, ids } = applyChange(readCv(document), change);
    const type = EVENTS[change.action];
    // A sync is committed as a request; its workflow brings the repositories.
    if (type === undefined) return { continues: true, ids };
    return {
      document: JSON.stringify(cv),
      event: { type, data: { section: change.section, ids } },
      continues: true,
      ids,
    };
  } catch (error) {
    if (!(error instanceof CvError)) throw error;
    return { failure: error };
  }
}
