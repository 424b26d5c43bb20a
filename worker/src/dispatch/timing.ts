import { FIRST_ATTEMPT_LEASE_MS } from '@careerhooks/store';

/** What several parts of the dispatch wait for, in milliseconds. */

/**
 * A claim that was not started within this time goes to whoever claims next. On
 * PostgreSQL, a process that is killed is missed for as long; a claim that is
 * taken from a slow one costs nothing, since the workflow runs already.
 */
export const CLAIM_MS = FIRST_ATTEMPT_LEASE_MS;

/** Between two looks into the database that nobody has asked for. */
export const REST_MS = 1_000;

/** When to look again at a due delivery whose workflow has not ended yet. */
export const LOOK_AGAIN_MS = 2_000;

/** Longer than any attempt takes; what has not ended then is taken up by the next start. */
export const STOP_PATIENCE_MS = 40_000;
