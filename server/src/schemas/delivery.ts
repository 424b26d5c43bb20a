import { z } from 'zod';
import { shortText, timeOut } from './common';

export const deliveryStatus = z
  .enum(['pending', 'held', 'retrying', 'delivered', 'failed', 'expired', 'cancelled'])
  .meta({
    id: 'DeliveryStatus',
    description:
      '`pending`: its first attempt is to come; `held`: its endpoint is paused, not verified or failing; `retrying`: an attempt failed, another follows; `delivered`; `failed`: no attempt is left; `expired`: its 24 h are over; `cancelled`',
  });

export const finishedStatus = z.enum(['delivered', 'failed', 'expired', 'cancelled']).meta({
  id: 'FinishedDeliveryStatus',
  description: 'A status that a delivery keeps, unless it is retried or replayed',
});

const statusCodeOut = z
  .number()
  .int()
  .nullable()
  .meta({ description: 'HTTP status of the answer; null where there was none' });

const errorCodeOut = z.string().nullable().meta({
  description:
    'Why it failed: a code of the list of delivery errors; null where it did not. New codes may come',
});

const errorMessageOut = z
  .string()
  .nullable()
  .meta({ description: 'The same for people; null where there is no more to say' });

const answerExcerptOut = z
  .string()
  .nullable()
  .meta({ description: 'The first 1 KiB of the answer; null where there was none' });

export const attemptOut = z
  .object({
    number: z.number().int().meta({ description: 'The first is 1' }),
    started_at: timeOut.meta({ description: 'When the request began' }),
    duration_ms: z.number().int().meta({ description: 'How long it took, in milliseconds' }),
    succeeded: z.boolean().meta({ description: 'Whether the receiver answered 2xx' }),
    status_code: statusCodeOut,
    error_code: errorCodeOut,
    error_message: errorMessageOut,
    answer_excerpt: answerExcerptOut,
  })
  .meta({ id: 'Attempt', description: 'One request to the URL of an endpoint' });

export const claimant = shortText(200).meta({
  description: 'Who it is: the same each time that it asks, and nobody else',
  example: 'n8n execution 12',
});

const outcomeStatus = z.enum(['in_progress', 'done', 'failed']).meta({
  id: 'OutcomeStatus',
  description:
    '`in_progress`: its claimant is at work on it, until `lease_until`; `done`: nobody has to do it again; `failed`: whoever claims it next may do it',
});

export const reportedOutcome = z.enum(['done', 'failed']).meta({
  id: 'ReportedOutcome',
  description: 'What came of a delivery',
});

export const outcomeOut = z
  .object({
    status: outcomeStatus,
    claimant: z.string().meta({ description: 'Who claimed it, or said what came of it' }),
    attempt: z.number().int().nullable().meta({
      description: 'The attempt that brought it to the claimant; null where it did not say',
    }),
    lease_until: timeOut.nullable().meta({
      description: "Until when it is the claimant's alone; null unless `in_progress`",
    }),
    note: z.string().nullable().meta({ description: 'What the claimant added; null for nothing' }),
    at: timeOut.meta({ description: 'When it became so' }),
  })
  .meta({ id: 'Outcome', description: 'What the receiver of a delivery made of it' });

export const deliveryOut = z
  .object({
    id: z.string().meta({ description: 'Id of the delivery' }),
    event_id: z.string().meta({ description: 'Id of the event that it carries' }),
    endpoint_id: z.string().meta({ description: 'Id of the endpoint that it goes to' }),
    system: z.string().meta({ description: 'Key of the system' }),
    user: z.string().meta({ description: 'Whose event it is' }),
    type: z.string().meta({ description: 'Event type' }),
    status: deliveryStatus,
    attempt_count: z.number().int().meta({ description: 'Attempts so far' }),
    next_attempt_at: timeOut
      .nullable()
      .meta({ description: 'When the next attempt is due; null where none is' }),
    expires_at: timeOut.meta({ description: 'When nothing is tried any more' }),
    last_status_code: statusCodeOut.meta({
      description: 'HTTP status of the last answer; null where there was none',
    }),
    last_error_code: errorCodeOut,
    test: z.boolean().meta({ description: 'Whether it was made by `/test`' }),
    created_at: timeOut.meta({ description: 'When the event was accepted' }),
    finished_at: timeOut.nullable().meta({ description: 'Null while it is not finished' }),
  })
  .meta({ id: 'Delivery', description: 'One event on its way to one endpoint' });

export const deliveryDetailOut = deliveryOut
  .extend({
    outcome: outcomeOut.nullable().meta({
      description:
        'What its receiver made of it, where it says so by `/claim` and `/outcome`; null where it does not',
    }),
    attempts: z.array(attemptOut).meta({ description: 'All attempts, the first one first' }),
    workflow_id: z.string().nullable().meta({
      description:
        'The Temporal workflow that carries it, its own or a burst that it came in; null for tests',
    }),
    workflow_url: z
      .string()
      .nullable()
      .meta({ description: 'The workflow in the Temporal UI; null where none is known' }),
  })
  .meta({ id: 'DeliveryDetail', description: 'A delivery with its attempts and its outcome' });

export const testOut = z
  .object({
    delivery_id: z.string().meta({ description: 'Id of the delivery that was made' }),
    event_id: z.string().meta({ description: 'Id of the event that was made' }),
    type: z.string().meta({ description: 'Event type of the example' }),
    delivered: z.boolean().meta({ description: 'Whether the receiver answered 2xx' }),
    status_code: statusCodeOut,
    error_code: errorCodeOut,
    error_message: errorMessageOut,
    duration_ms: z.number().int().meta({ description: 'How long it took, in milliseconds' }),
    answer_excerpt: answerExcerptOut,
  })
  .meta({ id: 'TestResult', description: 'What came of a test' });
