import { isCancellation, patched, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { CvActivities, CvChannelStep, CvFollowingStep } from './cv-activities';
import { showStatus } from './status-attribute';

export interface CvUpdateInput {
  changeId: string;
  action: string;
  section: string;
  searchAttributes: boolean;
}

/** GitHub may be away for long, or ask to wait; a repository that is not there is not retried. */
const { syncGitHub } = proxyActivities<CvActivities>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '40s',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '1s', maximumInterval: '15m' },
});

const { regeneratePdf, planNotification, tellChannel, notifyOwner } = proxyActivities<CvActivities>(
  {
    startToCloseTimeout: '1m',
    scheduleToCloseTimeout: '1h',
    retry: { initialInterval: '1s', maximumInterval: '5m' },
  },
);

const { finishCvUpdate } = proxyActivities<CvActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/**
 * What follows a change of the CV that is committed: for a sync, GitHub; the PDF; the notification,
 * each of its channels by itself. A step that is given up does not keep the others from being made, except that a sync which brought
 * nothing needs no new PDF.
 */
export async function cvUpdate(input: CvUpdateInput): Promise<{ status: string }> {
  const { changeId, action } = input;
  const givenUp: CvFollowingStep[] = [];
  const story: string[] = [];

  const make = async (step: CvFollowingStep, work: () => Promise<{ status: string }>) => {
    try {
      story.push(`${step}: ${(await work()).status}`);
    } catch (error) {
      if (isCancellation(error)) throw error;
      givenUp.push(step);
      story.push(`${step}: **failed**`);
    }
    setCurrentDetails(story.join('\n\n'));
  };

  if (action === 'sync') await make('github', () => syncGitHub(changeId));
  if (givenUp.length === 0) await make('pdf', () => regeneratePdf(changeId));
  if (patched('channels')) {
    let channels: CvChannelStep[] = [];
    await make('notification', async () => {
      channels = await planNotification(changeId);
      return { status: channels.length === 0 ? 'skipped' : channels.join(', ') };
    });
    const before = [...givenUp];
    await Promise.all(
      channels.map((channel) => make(channel, () => tellChannel(changeId, channel, before))),
    );
  } else await make('notification', () => notifyOwner(changeId, givenUp));

  const { status } = await finishCvUpdate(changeId, givenUp);
  showStatus(status, input.searchAttributes);
  return { status };
}
