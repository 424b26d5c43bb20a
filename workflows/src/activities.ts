/** One attempt of one delivery. */
export interface AttemptRef {
  deliveryId: string;
  /** From 1. */
  attempt: number;
}

/** How a delivery can end, as its workflow reports it. */
export type DeliveryEnd = 'delivered' | 'failed' | 'expired' | 'cancelled' | 'held' | 'gone';

/** The request of an attempt is ready in this process, or the delivery has ended meanwhile. */
export type SignOutcome =
  | {
      status: 'signed';
      signatures: number;
      /** Of the body; absent where this process has no need to sign. */
      bytes?: number;
      /** The attempt was begun in this process before its workflow was there, or is made already. */
      begun?: boolean;
    }
  | { status: DeliveryEnd };

/** What an attempt came to. Neither the body sent nor the answer is part of it. */
export interface PostOutcome {
  status: 'retrying' | DeliveryEnd;
  /** Attempts made so far. */
  attempts: number;
  statusCode?: number;
  errorCode?: string;
  durationMs?: number;
  /** For `retrying`: Unix milliseconds, by the clock of whoever made the attempt. */
  nextAttemptAt?: number;
  /** For `retrying`: Unix milliseconds, likewise. */
  expiresAt?: number;
}

/** How long a delivery still has, in milliseconds; negative where that is over. */
export interface DeliveryWaits {
  nextAttemptInMs?: number;
  expiresInMs?: number;
}

/**
 * What the workflow hears of an attempt. It waits by Temporal's clock, which need not be that of
 * the process that made the attempt, so for `retrying` it is told how long, and not until when.
 * Histories from before that have the times alone.
 */
export type PostResult = PostOutcome & DeliveryWaits;

/** What a burst did, for one endpoint. */
export interface BurstCounts {
  delivered: number;
  /** Failed at the first attempt, and goes on in a workflow of its own. */
  retrying: number;
  /** Failed for good, or was held. */
  ended: number;
}

/** What a burst did. */
export interface BurstOutcome {
  deliveries: number;
  /** By endpoint, those with most deliveries first. */
  endpoints: ({ endpoint: string } & BurstCounts)[];
  /** Endpoints beyond those listed. */
  moreEndpoints: number;
  /** The process that carried it ended before it did; what was left was taken up by others. */
  interrupted?: boolean;
}

/** What one try of the challenge came to. */
export interface ChallengeOutcome {
  /** `ended`: the endpoint is no longer pending. */
  status: 'verified' | 'pending' | 'expired' | 'ended';
  errorCode?: string;
  /** For `pending`: Unix milliseconds, by the clock of whoever challenged. */
  nextChallengeAt?: number;
}

/** What the workflow hears of it: as `PostResult`, how long to wait. */
export type ChallengeResult = ChallengeOutcome & { nextChallengeInMs?: number };

/**
 * What the workflows ask of the worker. All are idempotent: `sign`, `post` and
 * `adopt` by delivery and attempt number, the others because they say how things shall be.
 */
export interface Activities {
  sign(ref: AttemptRef): Promise<SignOutcome>;
  post(ref: AttemptRef): Promise<PostResult>;
  /** As `post`, of an attempt that was begun already; `under_way` where it is a slow one. */
  adopt(ref: AttemptRef): Promise<PostResult | { status: 'under_way' }>;
  expire(deliveryId: string): Promise<{ expired: boolean }>;
  /** Until all that a burst carries has been attempted; heartbeats tell how far it is. */
  carry(burstId: string): Promise<BurstOutcome>;
  challenge(endpointId: string): Promise<ChallengeResult>;
  purge(): Promise<{ events: number; endpoints: number }>;
}
