import { channelsOf } from '@careerhooks/cv';
import { planCvChannels } from '@careerhooks/store';
import type { CvChannelStep } from '@careerhooks/workflows';
import type { CvContext } from './cv-context';
import { runStep } from './run-step';

/** Which channels are still to be told; none, and the notification is `skipped`, where none is set. */
export async function planNotification(
  context: CvContext,
  changeId: string,
): Promise<CvChannelStep[]> {
  const wanted = channelsOf(context.services.notify);
  const planned = await planCvChannels(
    context.store,
    changeId,
    wanted.map((channel) => `notification.${channel}` as const),
  );
  // One that was told before a crash, or in an earlier run, is not planned again.
  if (wanted.length === 0 && planned.length === 0) {
    await runStep(context, { step: 'notification', changeId }, () =>
      Promise.resolve({ status: 'skipped' }),
    );
  }
  return planned;
}
