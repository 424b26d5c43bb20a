import { egressErrors, type EgressErrorCode } from '@careerhooks/egress';

/** What an error means, and what whoever meets it can do. */
interface DeliveryError {
  meaning: string;
  remedy: string;
}

/**
 * Every way in which a delivery, an attempt of it or a challenge can fail, by the stage at which it
 * does: `before` the attempt, so that none is made any more; in the `attempt`, which ends without a whole
 * answer (egress's own errors); or `after` it, by what the receiver answered. The codes are stable;
 * `http_<status>` stands for one code for each status. docs/errors.md is made from this list.
 */
export const deliveryErrors = {
  before: {
    endpoint_disabled: {
      meaning: 'The endpoint was disabled before the delivery was finished',
      remedy: '`resume` the endpoint, then `replay` it with `"status": ["cancelled"]`',
    },
    endpoint_deleted: {
      meaning: 'The endpoint was deleted before the delivery was finished',
      remedy:
        'Register it again by its `identity` or URL, then `retry` the delivery, or `replay` with `from` and `"status": ["cancelled"]`',
    },
    superseded: {
      meaning: 'A newer event of the same kind took its place before it went out',
      remedy: 'Nothing: the newer one tells more',
    },
  },
  attempt: egressErrors,
  after: {
    'http_<status>': {
      meaning: 'The receiver answered with this status, which is none of 2xx',
      remedy: "Read the attempt's `answer_excerpt` and the receiver's log",
    },
    http_redirect: {
      meaning: 'The receiver answered 3xx: redirects are not followed',
      remedy: 'Register the URL that it leads to',
    },
    endpoint_gone: {
      meaning: 'The receiver answered 410: the endpoint is disabled',
      remedy: 'Delete the endpoint, or `resume` it once the receiver takes events again',
    },
    receiver_starting: {
      meaning:
        'The receiver answered 2xx, and that it is still starting, as n8n does: it took nothing',
      remedy: 'Nothing: it is tried again',
    },
    challenge_not_echoed: {
      meaning:
        'A challenge was answered 2xx, but neither with its text nor with {"challenge": "…"}; `last_answer_excerpt` has the answer',
      remedy: 'Echo the challenge, or send its text to `/verify`',
    },
  },
} as const satisfies Record<DeliveryStage, Record<string, DeliveryError>>;

type DeliveryStage = 'before' | 'attempt' | 'after';

type AnswerErrorCode = keyof typeof deliveryErrors.after;

/** A code of {@link deliveryErrors}, as attempts, deliveries and verifications have it. */
export type DeliveryErrorCode =
  | keyof typeof deliveryErrors.before
  | EgressErrorCode
  | Exclude<AnswerErrorCode, 'http_<status>'>
  | `http_${number}`;
