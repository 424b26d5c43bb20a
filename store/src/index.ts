export {
  DatabaseUnavailable,
  type Outage,
  OUTAGES,
  StoreError,
  type StoreErrorCode,
} from './errors';
export { type Recovery, recoverFromJournal } from './journal/recover-from-journal';
export { backupSqlite } from './backups/backup-sqlite';
export { type OpenBackup, openBackup } from './backups/open-backup';
export { type Restoration, restoreSqlite } from './backups/restore-sqlite';
export type { Trouble } from './databases/trouble';
export { type FileLock, lockFile } from './lock-file';
export { newId } from './ids';
export { openStore, type StoreSettings } from './open';
export { becomeOwnerOf } from './owner';
export { ping } from './ping';
export { readPostgresUrl } from './postgres/read-postgres-url';
export { createReadiness, type Readiness, type ReadinessChange } from './readiness';
export { resealAll } from './reseal';
export { createSealer, generateMasterKey, type Sealer } from './sealing';
export type { Listed, Page } from './page';
export type { Scope } from './conditions';
export type { Dialect } from './open-database';
export type { Store } from './store';

export type { ApiKey, KeyScope } from './keys/api-key';
export { createKey } from './keys/create-key';
export { findKey } from './keys/find-key';
export { listKeys } from './keys/list-keys';
export { revokeKey } from './keys/revoke-key';

export type { Invitation } from './invitations/invitation';
export { createInvitation } from './invitations/create-invitation';
export { listInvitations } from './invitations/list-invitations';
export { redeemInvitation } from './invitations/redeem-invitation';
export { revokeInvitation } from './invitations/revoke-invitation';

export { createEventIntake, type EventIntake } from './events/event-intake';
export type { AcceptedEvent, NewEvent } from './events/new-event';
export { createLostEvents, type LostEvents } from './events/lost/accept-lost';
export type { LostDelivery } from './events/lost/lost-outcomes';
export type { Kept, KeptEvent } from './events/accepted-lately';
export { DELIVERY_FAILED, type StoredEvent } from './events/event';
export { getEvent } from './events/get-event';
export { probeAccepting } from './events/probe-accepting';
export { listEvents } from './events/list-events';

export { beginVerification } from './endpoints/begin-verification';
export { claimVerifications } from './endpoints/claim-verifications';
export { deleteEndpoint } from './endpoints/delete-endpoint';
export { detachEndpoint } from './endpoints/detach-endpoint';
export { type EndedEndpoint, endEndpoints } from './endpoints/end-endpoints';
export {
  type Endpoint,
  type EndpointStatus,
  type Registrant,
  type ScheduleChoice,
} from './endpoints/endpoint';
export { liveKeys } from './endpoints/endpoint-keys';
export { endBacklog } from './endpoints/end-backlog';
export { findSingleton } from './endpoints/find-singleton';
export { getEndpoint } from './endpoints/get-endpoint';
export { type Backlog, listBacklogs } from './endpoints/list-backlogs';
export { listEndpoints } from './endpoints/list-endpoints';
export { markFailing, markWorking } from './endpoints/mark-failing';
export { type ChallengeResult, recordChallenge } from './endpoints/record-challenge';
export { rotateKeys } from './endpoints/rotate-keys';
export type { EndpointRegistration } from './endpoints/registration';
export { type SavedEndpoint, saveEndpoint } from './endpoints/save-endpoint';
export { type EndpointKeys, openChallenge, openSettings } from './endpoints/sealed-values';
export type { EndpointSettings } from './endpoints/setting-columns';
export { urlKey } from './endpoints/url-key';
export { setEndpointStatus } from './endpoints/set-endpoint-status';
export { type EndpointChanges, updateEndpoint } from './endpoints/update-endpoint';

export { assignBurst } from './deliveries/assign-burst';
export type { AttemptRecord } from './deliveries/attempt-record';
export { cancelDelivery } from './deliveries/cancel-delivery';
export { type ClaimedDelivery, claimDeliveries } from './deliveries/claim-deliveries';
export { createTestDelivery } from './deliveries/create-test-delivery';
export { type Delivery, DELIVERY_LIFETIME_MS, type DeliveryStatus } from './deliveries/delivery';
export {
  deliveryLog,
  type DeliveryLogEntry,
  type DeliveryLogFilter,
} from './deliveries/delivery-log';
export { expireDelivery } from './deliveries/expire-delivery';
export { extendLeases } from './deliveries/extend-leases';
export { type Attempt, type DeliveryDetail, getDelivery } from './deliveries/get-delivery';
export { createHolds, type Holds } from './deliveries/hold-claimed';
export { holdDelivery } from './deliveries/hold-delivery';
export { makeDueNow } from './deliveries/make-due-now';
export { type DeliveryFilter, listDeliveries } from './deliveries/list-deliveries';
export {
  type DeliveryToReserve,
  FIRST_ATTEMPT_LEASE_MS,
  type FirstAttempts,
  type Reservation,
} from './deliveries/reservation';
export { type DeliveryToMake, loadDeliveries, loadDelivery } from './deliveries/load-deliveries';
export { pullHeld } from './deliveries/pull-held';
export { repairDueTimes } from './deliveries/repair-due-times';
export {
  type AttemptLog,
  createAttemptLog,
  type RecordOutcome,
} from './deliveries/record-attempts';
export { recordLost } from './deliveries/record-lost';
export { releaseLeases } from './deliveries/release-leases';
export {
  reopenDelivery,
  replayDeliveries,
  type ReplaySelection,
} from './deliveries/reopen-deliveries';
export { returnDeliveries } from './deliveries/return-deliveries';
export { sweepDeliveries } from './deliveries/sweep-deliveries';

export { type Claim, claimOutcome } from './outcomes/claim-outcome';
export type { Outcome } from './outcomes/outcome';
export { type Report, reportOutcome } from './outcomes/report-outcome';

export { type ClaimedCvChange, claimCvChanges } from './cv/claim-cv-changes';
export {
  type CommittedCvChange,
  commitCvChange,
  type CvVerdict,
  type NewCvChange,
} from './cv/commit-cv-change';
export { commitCvStep } from './cv/commit-cv-step';
export type { CvChangeRecord, CvChannelStep, CvStep, CvStepName } from './cv/cv-change';
export { cvStats, type CvStatsRow } from './cv/cv-stats';
export { extendCvLease } from './cv/extend-cv-lease';
export { findGitHubAnswer } from './cv/find-github-answer';
export { finishCvChange } from './cv/finish-cv-change';
export { getCv } from './cv/get-cv';
export { getCvBackup } from './cv/get-cv-backup';
export { getCvChange } from './cv/get-cv-change';
export { getCvPdf } from './cv/get-cv-pdf';
export { keepGitHubAnswer } from './cv/keep-github-answer';
export { type CvBackup, listCvBackups } from './cv/list-cv-backups';
export { listCvChanges } from './cv/list-cv-changes';
export { planCvChannels } from './cv/plan-cv-channels';
export { purgeCvChanges } from './cv/purge-cv-changes';
export { purgeGitHubAnswers } from './cv/purge-github-answers';
export { recordCvFailure } from './cv/record-cv-failure';
export { reopenCvChange } from './cv/reopen-cv-change';

export { purgeEndpoints } from './purge/purge-endpoints';
export { purgeLogs } from './purge/purge-logs';
export { swapSetting } from './settings/swap-setting';
export { backlog } from './stats/backlog';
export { deliveryStats, type StatsRow } from './stats/delivery-stats';
export { recentLatencies } from './stats/recent-latencies';

export { notifyDispatchers } from './wake-ups/notify-dispatchers';
export type { Listening, WakeUp } from './wake-ups/wake-up';
