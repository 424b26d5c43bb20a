import {
  type CommittedCvChange,
  commitCvChange,
  type CvVerdict,
  type NewCvChange,
} from '@careerhooks/store';
import type { ServerContext } from '../context';

/** Commits a change of the CV as `commitCvChange` does, and has what follows from it begun. */
export async function commit<Verdict extends CvVerdict>(
  { store, engine }: ServerContext,
  change: NewCvChange,
  judge: (document: string, version: number) => Verdict,
): Promise<CommittedCvChange<Verdict> | undefined> {
  const committed = await commitCvChange(store, change, judge);
  if (committed !== undefined && !('failure' in committed.verdict)) {
    engine.wake();
    engine.wakeCv();
  }
  return committed;
}
