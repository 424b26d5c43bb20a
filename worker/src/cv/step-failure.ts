import { CvError, NotifyError, SyncError } from '@careerhooks/cv';
import { EgressError } from '@careerhooks/egress';

/** GitHub is not asked again sooner, in milliseconds, also where its limit ends this very moment. */
const SHORTEST_DELAY_MS = 1_000;

/** The code of what a step failed by; `STEP_FAILED` where it has none. */
export function codeOf(error: unknown): string {
  if (error instanceof CvError || error instanceof SyncError) return error.code;
  if (error instanceof NotifyError || error instanceof EgressError) return error.code;
  return 'STEP_FAILED';
}

/** Whether another try would end as this one. */
export function isFinal(error: unknown): boolean {
  if (error instanceof CvError) return true;
  return (error instanceof SyncError || error instanceof NotifyError) && error.final;
}

/** How long to wait before the next try, in milliseconds; undefined where nobody has asked for a wait. */
export function retryDelayOf(error: unknown): number | undefined {
  if (!(error instanceof SyncError) || error.retryAt === undefined) return undefined;
  return Math.max(SHORTEST_DELAY_MS, error.retryAt - Date.now());
}
