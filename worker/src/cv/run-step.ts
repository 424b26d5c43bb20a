import { ApplicationFailure } from '@temporalio/common';
import {
  commitCvStep,
  type CvChangeRecord,
  getCvChange,
  recordCvFailure,
} from '@careerhooks/store';
import type { CvFollowingStep, CvStepOutcome } from '@careerhooks/workflows';
import type { CvContext } from './cv-context';
import { codeOf, isFinal, retryDelayOf } from './step-failure';

/** Which step of which change. */
export interface CvStepRef {
  step: CvFollowingStep;
  changeId: string;
}

/** What a step's work gives for its row, its event and the CV. */
export type CvStepWork = (
  change: CvChangeRecord,
) => Promise<Omit<Parameters<typeof commitCvStep>[3], 'durationMs'>>;

/**
 * Makes a step unless it was made, and records what came of it:
 *
 * - *Open*: it was not tried yet, or is *retrying*. Its work is done.
 * - *Completed* or *skipped*, as its work says: recorded with what the work brings. It is not done again, and
 *   says what it said.
 * - *Retrying*: its work threw. Whether it is tried again is its workflow's to know, which hears why.
 *
 * @throws ApplicationFailure of the type `GONE` where there is no such change, or of the work's error code;
 *   non-retryable where another try would end as this one
 */
export async function runStep(
  context: CvContext,
  ref: CvStepRef,
  work: CvStepWork,
): Promise<CvStepOutcome> {
  const { store } = context;
  const startedAt = performance.now();
  const change = await getCvChange(store, ref.changeId);
  if (change === undefined) {
    throw ApplicationFailure.nonRetryable('The change is not in the database.', 'GONE');
  }
  const before = change.steps.find((made) => made.step === ref.step);
  if (before?.status === 'completed' || before?.status === 'skipped') {
    return { status: before.status };
  }
  try {
    const result = await work(change);
    const durationMs = performance.now() - startedAt;
    await commitCvStep(store, ref.changeId, ref.step, { ...result, durationMs });
    context.wake();
    debug(context, ref.step, '✅');
    return { status: result.status ?? 'completed' };
  } catch (error) {
    await recordFailure(context, ref, { error, durationMs: performance.now() - startedAt });
    throw toFailure(error);
  }
}

async function recordFailure(
  context: CvContext,
  { step, changeId }: CvStepRef,
  { error, durationMs }: { error: unknown; durationMs: number },
): Promise<void> {
  const code = codeOf(error);
  const message = messageOf(error);
  await recordCvFailure(context.store, changeId, step, { code, message, durationMs });
  context.log.warn(
    { change: changeId, step, errorCode: code, reason: message },
    'cv: a step failed',
  );
  debug(context, step, '❌');
}

/** What its workflow hears. */
function toFailure(error: unknown): ApplicationFailure {
  const delayMs = retryDelayOf(error);
  return ApplicationFailure.create({
    message: messageOf(error),
    type: codeOf(error),
    nonRetryable: isFinal(error),
    ...(delayMs !== undefined && { nextRetryDelay: delayMs }),
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const TITLES: Partial<Record<CvFollowingStep, string>> = {
  github: 'GitHub synchronised',
  pdf: 'PDF regenerated',
};

function debug({ services, log }: CvContext, step: CvFollowingStep, mark: '✅' | '❌'): void {
  if (!services.debug) return;
  const title = TITLES[step] ?? `Notification sent (${step})`;
  log.info(`[WEBHOOK DEBUG] Processing result:\n  - ${title}: ${mark}`);
}
