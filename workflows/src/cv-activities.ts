/** The steps that follow a change of the CV. */
export type CvFollowingStep = 'github' | 'pdf' | 'notification';

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
  /** @param givenUp steps that failed for good, so that the notice can say so. */
  notifyOwner(changeId: string, givenUp: CvFollowingStep[]): Promise<CvStepOutcome>;
  finishCvUpdate(
    changeId: string,
    givenUp: CvFollowingStep[],
  ): Promise<{ status: 'completed' | 'failed' }>;
}
