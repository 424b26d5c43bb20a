import type { DeliveryErrorCode } from '@careerhooks/systems';

/** What one attempt came to. */
export interface AttemptRecord {
  deliveryId: string;
  /** From 1. */
  number: number;
  startedAt: number;
  durationMs: number;
  statusCode: number | null;
  errorCode: DeliveryErrorCode | null;
  errorMessage: string | null;
  answerExcerpt: string | null;
  /** The delivery's status after the attempt. */
  status: 'delivered' | 'retrying' | 'failed';
  /** For `retrying`: when the next attempt is due. */
  nextAttemptAt: number | null;
  /** For `retrying`: when the dispatcher may take it, should its workflow be lost. */
  leaseUntil: number | null;
}
