import { finishCvChange } from '@careerhooks/store';
import type { CvActivities } from '@careerhooks/workflows';
import type { CvContext, CvServices } from './cv-context';
import { notifyOwner } from './notify-owner';
import { planNotification } from './plan-notification';
import { regeneratePdf } from './regenerate-pdf';
import { syncGitHub } from './sync-github';
import { tellChannel } from './tell-channel';

/** Binds the steps of a change of the CV to this process. */
export function createCvActivities(
  worker: Omit<CvContext, 'services'>,
  services: CvServices,
): CvActivities {
  const { store, egress, log } = worker;
  const context: CvContext = { store, egress, services, wake: () => worker.wake(), log };
  return {
    syncGitHub: (changeId) => syncGitHub(context, changeId),
    regeneratePdf: (changeId) => regeneratePdf(context, changeId),
    planNotification: (changeId) => planNotification(context, changeId),
    tellChannel: (changeId, step, givenUp) => tellChannel(context, { step, changeId }, givenUp),
    notifyOwner: (changeId, givenUp) => notifyOwner(context, changeId, givenUp),
    async finishCvUpdate(changeId, givenUp) {
      const status = await finishCvChange(store, changeId, givenUp);
      context.wake();
      log.info({ change: changeId, status }, 'cv update');
      return { status };
    },
  };
}
