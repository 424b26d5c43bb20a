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
  { status: 'signed'; bytes: number; signatures: number } | { status: DeliveryEnd };

/** What an attempt came to. Neither the body sent nor the answer is part of it. */
export interface PostOutcome {
  status: 'retrying' | DeliveryEnd;
  /** Attempts made so far. */
  attempts: number;
  statusCode?: number;
  errorCode?: string;
  durationMs?: number;
  /** For `retrying`: Unix milliseconds. */
  nextAttemptAt?: number;
  /** For `retrying`: Unix milliseconds. */
  expiresAt?: number;
}

/** What one try of the challenge came to. */
export interface ChallengeOutcome {
  /** `ended`: the endpoint is no longer pending. */
  status: 'verified' | 'pending' | 'expired' | 'ended';
  errorCode?: string;
  /** For `pending`: Unix milliseconds. */
  nextChallengeAt?: number;
}

/**
 * What the workflows ask of the worker. All are idempotent: `sign` and `post`
 * by delivery and attempt number, the others because they say how things shall be.
 */
export interface Activities {
  sign(ref: AttemptRef): Promise<SignOutcome>;
  post(ref: AttemptRef): Promise<PostOutcome>;
  expire(deliveryId: string): Promise<{ expired: boolean }>;
  challenge(endpointId: string): Promise<ChallengeOutcome>;
  purge(): Promise<{ events: number; endpoints: number }>;
}
