import { type AppliedChange, applyChange, type CvChange, CvError, readCv } from '@careerhooks/cv';
import type { CvVerdict } from '@careerhooks/store';

const EVENTS: Record<string, string> = {
  update: 'cv.updated',
  add: 'cv.item_added',
  delete: 'cv.item_deleted',
  move: 'cv.updated',
};

/**
 * What the store makes of a change. The refusal, and the ids that changed, are told to `tell`: the
 * store keeps the one in the history, and has no need of the other.
 */
export function judgeChange(
  change: CvChange,
  tell: (outcome: { applied: AppliedChange } | { refused: CvError }) => void,
): (document: string) => CvVerdict {
  return (document) => {
    try {
      const applied = applyChange(readCv(document), change);
      tell({ applied });
      const type = EVENTS[change.action];
      // A sync is committed as a request; its workflow brings the repositories.
      if (type === undefined) return { continues: true };
      return {
        document: JSON.stringify(applied.cv),
        event: { type, data: { section: change.section, ids: applied.ids } },
        continues: true,
      };
    } catch (error) {
      if (!(error instanceof CvError)) throw error;
      tell({ refused: error });
      return { failure: { code: error.code, message: error.message } };
    }
  };
}
