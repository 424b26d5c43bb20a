import type { Attempt, Delivery, Outcome } from '@careerhooks/store';
import type { z } from 'zod';
import type { attemptOut, deliveryOut, outcomeOut } from '../schemas/delivery';
import { isoTime } from './times';

export function presentDelivery(delivery: Delivery): z.output<typeof deliveryOut> {
  return {
    id: delivery.id,
    event_id: delivery.eventId,
    endpoint_id: delivery.endpointId,
    system: delivery.system,
    user: delivery.user,
    type: delivery.type,
    status: delivery.status,
    attempt_count: delivery.attempts,
    next_attempt_at: isoTime(delivery.nextAttemptAt),
    expires_at: isoTime(delivery.expiresAt),
    last_status_code: delivery.lastStatusCode,
    last_error_code: delivery.lastErrorCode,
    test: delivery.isTest,
    created_at: isoTime(delivery.createdAt),
    finished_at: isoTime(delivery.finishedAt),
  };
}

export function presentAttempt(attempt: Attempt): z.output<typeof attemptOut> {
  return {
    number: attempt.number,
    started_at: isoTime(attempt.startedAt),
    duration_ms: attempt.durationMs,
    succeeded: attempt.succeeded,
    status_code: attempt.statusCode,
    error_code: attempt.errorCode,
    error_message: attempt.errorMessage,
    answer_excerpt: attempt.answerExcerpt,
  };
}

export function presentOutcome(outcome: Outcome): z.output<typeof outcomeOut> {
  return {
    status: outcome.status,
    claimant: outcome.claimant,
    attempt: outcome.attempt,
    lease_until: isoTime(outcome.leaseUntil),
    note: outcome.note,
    at: isoTime(outcome.at),
  };
}
