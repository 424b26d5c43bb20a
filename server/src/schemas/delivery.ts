import { z } from 'zod';
import { timeOut } from './common';

export const deliveryStatus = z.enum([
  'pending',
  'held',
  'retrying',
  'delivered',
  'failed',
  'expired',
  'cancelled',
]);

export const finishedStatus = z.enum(['delivered', 'failed', 'expired', 'cancelled']);

export const attemptOut = z
  .object({
    number: z.number().int(),
    started_at: timeOut,
    duration_ms: z.number().int(),
    succeeded: z.boolean(),
    status_code: z.number().int().nullable(),
    error_code: z.string().nullable(),
    error_message: z.string().nullable(),
    answer_excerpt: z.string().nullable().meta({ description: 'The first 1 KiB of the answer' }),
  })
  .meta({ id: 'Attempt' });

export const deliveryOut = z
  .object({
    id: z.string(),
    event_id: z.string(),
    endpoint_id: z.string(),
    system: z.string(),
    user: z.string(),
    type: z.string(),
    status: deliveryStatus,
    attempt_count: z.number().int(),
    next_attempt_at: timeOut.nullable(),
    expires_at: timeOut,
    last_status_code: z.number().int().nullable(),
    last_error_code: z.string().nullable(),
    test: z.boolean(),
    created_at: timeOut,
    finished_at: timeOut.nullable(),
  })
  .meta({ id: 'Delivery' });

export const deliveryDetailOut = deliveryOut
  .extend({
    attempts: z.array(attemptOut),
    workflow_id: z.string().nullable().meta({
      description:
        'The Temporal workflow that carries it, its own or a burst that it came in; null for tests',
    }),
    workflow_url: z.string().nullable().meta({ description: 'The workflow in the Temporal UI' }),
  })
  .meta({ id: 'DeliveryDetail' });

export const testOut = z
  .object({
    delivery_id: z.string(),
    event_id: z.string(),
    type: z.string(),
    delivered: z.boolean(),
    status_code: z.number().int().nullable(),
    error_code: z.string().nullable(),
    error_message: z.string().nullable(),
    duration_ms: z.number().int(),
    answer_excerpt: z.string().nullable(),
  })
  .meta({ id: 'TestResult' });
