import type { Store } from '../store';
import type { CvStepName } from './cv-change';
import { writeStep } from './write-cv';

/** Writes that a try of a step failed; whether it is tried again is its workflow's to know. */
export function recordCvFailure(
  store: Store,
  changeId: string,
  step: CvStepName,
  failure: { code: string; message: string; durationMs: number },
): Promise<void> {
  const { durationMs, ...error } = failure;
  return writeStep(store.write, { changeId, step, status: 'retrying', durationMs, error });
}
