import { channelsOf } from '@careerhooks/cv';
import type { CvFollowingStep, CvStepOutcome } from '@careerhooks/workflows';
import type { CvContext } from './cv-context';
import { planNotification } from './plan-notification';
import { runStep } from './run-step';
import { tellChannel } from './tell-channel';

/** Tells all channels, for workflows that began before each was told by itself. */
export function notifyOwner(
  context: CvContext,
  changeId: string,
  givenUp: readonly CvFollowingStep[],
): Promise<CvStepOutcome> {
  return runStep(context, { step: 'notification', changeId }, async () => {
    const channels = await planNotification(context, changeId);
    const told = await Promise.allSettled(
      channels.map((step) => tellChannel(context, { step, changeId }, givenUp)),
    );
    const failure = told.find(({ status }) => status === 'rejected');
    if (failure?.status === 'rejected') throw failure.reason;
    const hasNone = channelsOf(context.services.notify).length === 0;
    return { status: hasNone ? 'skipped' : 'completed' };
  });
}
