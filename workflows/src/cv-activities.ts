/** The steps that follow a change of the CV. */
export type CvFollowingStep = 'github' | 'pdf' | 'notification' | CvChannelStep;

/** Of the notification, one channel: `notification.slack`. */
export type CvChannelStep = `notification.${string}`;

/** How a step ended. */
export interface CvStepOutcome {
  status: 'completed' | 'skipped';
}

/**
 * What the workflow of a change of the CV asks of the worker. Each is idempotent: a step that was
 * done is not done again, and says what it said.
 */
export interface CvActivities {
  /** Reads the repositories that a `sync` asked for, and writes them into the CV. */
  syncGitHub(changeId: string): Promise<CvStepOutcome>;
  regeneratePdf(changeId: string): Promise<CvStepOutcome>;
  /** Which channels are still to be told; none, and the notification is `skipped`, where none is set. */
  planNotification(changeId: string): Promise<CvChannelStep[]>;
  /** @param givenUp steps that failed for good, so that the notice can say so. */
  tellChannel(
    changeId: string,
    channel: CvChannelStep,
    givenUp: CvFollowingStep[],
  ): Promise<CvStepOutcome>;
  /** All channels, for workflows that began before each was told by itself. */
  notifyOwner(changeId: string, givenUp: CvFollowingStep[]): Promise<CvStepOutcome>;
  finishCvUpdate(
    changeId: string,
    givenUp: CvFollowingStep[],
  ): Promise<{ status: 'completed' | 'failed' }>;
}
