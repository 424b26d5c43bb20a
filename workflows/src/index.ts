/**
 * For processes that start and signal workflows: names, signals and types. The
 * workflows themselves are in `workflows.ts`, which only the bundle loads.
 */
export type {
  Activities,
  AttemptRef,
  BurstCounts,
  BurstOutcome,
  ChallengeOutcome,
  ChallengeResult,
  DeliveryEnd,
  PostOutcome,
  PostResult,
  SignOutcome,
} from './activities';
export type { CvActivities, CvChannelStep, CvFollowingStep, CvStepOutcome } from './cv-activities';
export type { CvUpdateInput } from './cv-update';
export type { DeliveryInput, DeliveryResult } from './delivery';
export type { BurstInput } from './burst';
export {
  burstWorkflowId,
  cvUpdateWorkflowId,
  deliveryWorkflowId,
  PURGE_ID,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  verificationWorkflowId,
} from './names';
export { cancel, retryNow } from './signals';
export type { VerificationInput } from './verification';
