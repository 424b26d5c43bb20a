import {
  type EgressAnswer,
  type EgressError,
  type IncompleteAnswer,
  parseRetryAfter,
} from '@careerhooks/egress';
import { isSuccess } from '@careerhooks/systems';

/** A receiver's answer, or why there was none, or none that was complete. */
export type Reply = { answer: EgressAnswer } | { error: EgressError };

/** What the answer means for the delivery. */
export type Judgement =
  | { verdict: 'delivered' }
  /** The receiver says that it will never want anything again: HTTP 410. */
  | { verdict: 'gone'; errorCode: 'endpoint_gone' }
  /** `waitMs`: the least time to wait that the receiver asked for. */
  | { verdict: 'try_again'; errorCode: string; waitMs: number };

/** Status codes whose Retry-After is honoured (RFC 9110, section 10.2.3; RFC 6585, section 4). */
const WITH_RETRY_AFTER = new Set([429, 503]);

/**
 * The whole body of n8n's 200 to every request while its database is not migrated, when nobody takes
 * what comes: for tens of milliseconds at each of its starts, and for as long as an upgrade takes.
 */
const N8N_IS_STARTING = Buffer.from('n8n is starting up. Please wait');

/** What was read of the answer, whether it was complete or not. */
export function readOf(reply: Reply): IncompleteAnswer | undefined {
  return 'answer' in reply ? reply.answer : reply.error.answer;
}

/**
 * Success is a 2xx alone, with its whole body, which does not say that nobody is there yet: a redirect
 * is not followed, since it would lead past the checks that were made of the URL. Any other status says
 * all that counts by its head, however its body ended.
 */
export function judgeAnswer(reply: Reply, now: number): Judgement {
  if ('error' in reply) {
    const { answer, code } = reply.error;
    const says = answer !== undefined && !isSuccess(answer.status);
    return says ? judgeHead(answer, now) : tryAgain(code);
  }
  if (!isSuccess(reply.answer.status)) return judgeHead(reply.answer, now);
  if (N8N_IS_STARTING.equals(reply.answer.body)) return tryAgain('receiver_starting');
  return { verdict: 'delivered' };
}

function tryAgain(errorCode: string): Judgement {
  return { verdict: 'try_again', errorCode, waitMs: 0 };
}

/** What an answer that is no success means. */
function judgeHead({ status, headers }: IncompleteAnswer, now: number): Judgement {
  if (status === 410) return { verdict: 'gone', errorCode: 'endpoint_gone' };
  return {
    verdict: 'try_again',
    errorCode: status >= 300 && status < 400 ? 'http_redirect' : `http_${status}`,
    waitMs: WITH_RETRY_AFTER.has(status) ? (parseRetryAfter(headers['retry-after'], now) ?? 0) : 0,
  };
}
