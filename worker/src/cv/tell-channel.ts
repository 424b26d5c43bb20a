import { channelsOf, notify } from '@careerhooks/cv';
import type { CvChannelStep, CvFollowingStep, CvStepOutcome } from '@careerhooks/workflows';
import type { CvContext } from './cv-context';
import { runStep } from './run-step';

/**
 * Tells one channel of a change.
 *
 * @param givenUp steps that failed for good, so that the notice can say so.
 */
export function tellChannel(
  context: CvContext,
  { step, changeId }: { step: CvChannelStep; changeId: string },
  givenUp: readonly CvFollowingStep[],
): Promise<CvStepOutcome> {
  const { egress, services } = context;
  return runStep(context, { step, changeId }, async ({ action, section }) => {
    const channel = channelsOf(services.notify).find((known) => step === `notification.${known}`);
    // It was set when the notification was planned, and is no more.
    if (channel === undefined) return { status: 'skipped' };
    await notify(channel, noticeOf({ action, section, changeId, givenUp }), {
      settings: services.notify,
      egress,
      egressPolicy: services.egressPolicy,
    });
    return {};
  });
}

function noticeOf(of: {
  action: string;
  section: string;
  changeId: string;
  givenUp: readonly CvFollowingStep[];
}): Parameters<typeof notify>[1] {
  const { action, section, changeId, givenUp } = of;
  const outcome = givenUp.length === 0 ? 'was made' : `failed (${givenUp.join(', ')})`;
  return {
    title: givenUp.length === 0 ? `CV changed: ${section}` : `CV change failed: ${section}`,
    text: `The change "${action}" of the section ${section} ${outcome}. Change ${changeId}.`,
    changeId,
  };
}
