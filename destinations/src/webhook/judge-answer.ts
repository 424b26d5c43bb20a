import { parseRetryAfter } from '@careerhooks/egress';
import { type DeliveryErrorCode, isSuccess } from '@careerhooks/systems';
import type { Judgement } from '../destination';
import { codeOf } from './code-of';
import type { HttpReply } from './send-request';

/** Status codes whose Retry-After is honoured (RFC 9110, section 10.2.3; RFC 6585, section 4). */
const WITH_RETRY_AFTER = new Set([429, 503]);

/**
 * The whole body of n8n's 200 to every request while its database is not migrated, when nobody takes
 * what comes: for tens of milliseconds at each of its starts, and for as long as an upgrade takes.
 */
const N8N_IS_STARTING = Buffer.from('n8n is starting up. Please wait');

/**
 * Success is a 2xx alone, with its whole body, which does not say that nobody is there yet: a redirect
 * is not followed, since it would lead past the checks that were made of the URL. Any other status says
 * all that counts by its head, however its body ended.
 */
export function judgeAnswer(reply: HttpReply, now: number): Judgement {
  const { statusCode, headers, body, error } = reply;
  if (statusCode !== null && !isSuccess(statusCode)) return judgeHead(statusCode, headers, now);
  if (error !== null) return tryAgain(error.code);
  if (N8N_IS_STARTING.equals(body)) return tryAgain('receiver_starting');
  return { verdict: 'delivered' };
}

function tryAgain(errorCode: DeliveryErrorCode, waitMs = 0): Judgement {
  return { verdict: 'try_again', errorCode, waitMs };
}

/** What an answer that is no success means. */
function judgeHead(status: number, headers: HttpReply['headers'], now: number): Judgement {
  if (status === 410) {
    return {
      verdict: 'gone',
      errorCode: 'endpoint_gone',
      reason: 'The receiver answered 410 Gone.',
    };
  }
  const waitMs = WITH_RETRY_AFTER.has(status) ? parseRetryAfter(headers['retry-after'], now) : 0;
  return tryAgain(codeOf(status), waitMs);
}
