import type { DeliveryErrorCode } from '@careerhooks/systems';
import type { z } from 'zod';
import type { deliveryDetailOut, deliveryOut, outcomeOut, testOut } from '../schemas/delivery';

/** What the reference shows of deliveries. */

export const deliveryExample: z.output<typeof deliveryOut> = {
  id: 'b0e1c1f4-6f2c-5d0e-9a51-1f6a3a4c2d10',
  event_id: 'ats-check-4711',
  endpoint_id: 'ep_0192f0c4a7b17c3e8d21',
  system: 'roleready',
  user: 'user_123',
  type: 'ats.check_completed',
  status: 'retrying',
  attempt_count: 1,
  next_attempt_at: '2026-11-24T09:30:05.000Z',
  expires_at: '2026-11-25T09:30:00.000Z',
  last_status_code: 503,
  last_error_code: 'http_503' satisfies DeliveryErrorCode,
  test: false,
  created_at: '2026-11-24T09:30:00.000Z',
  finished_at: null,
};

/** The same after its next attempt. */
const deliveredExample: z.output<typeof deliveryOut> = {
  ...deliveryExample,
  status: 'delivered',
  attempt_count: 2,
  next_attempt_at: null,
  last_status_code: 200,
  last_error_code: null,
  finished_at: '2026-11-24T09:30:05.180Z',
};

/** What an execution of n8n says while it is at work on it. */
export const claimedExample: z.output<typeof outcomeOut> = {
  status: 'in_progress',
  claimant: 'n8n execution 12',
  attempt: 2,
  lease_until: '2026-11-24T09:35:05.040Z',
  note: null,
  at: '2026-11-24T09:30:05.040Z',
};

/** The same at its end. */
export const doneExample: z.output<typeof outcomeOut> = {
  ...claimedExample,
  status: 'done',
  lease_until: null,
  at: '2026-11-24T09:30:05.150Z',
};

export const deliveryDetailExample: z.output<typeof deliveryDetailOut> = {
  ...deliveredExample,
  outcome: doneExample,
  attempts: [
    {
      number: 1,
      started_at: '2026-11-24T09:30:00.012Z',
      duration_ms: 211,
      succeeded: false,
      status_code: 503,
      error_code: 'http_503' satisfies DeliveryErrorCode,
      error_message: null,
      answer_excerpt: 'Try again later',
    },
    {
      number: 2,
      started_at: '2026-11-24T09:30:05.010Z',
      duration_ms: 170,
      succeeded: true,
      status_code: 200,
      error_code: null,
      error_message: null,
      answer_excerpt: 'OK',
    },
  ],
  workflow_id: 'delivery-b0e1c1f4-6f2c-5d0e-9a51-1f6a3a4c2d10',
  workflow_url: null,
};

export const testResultExample: z.output<typeof testOut> = {
  delivery_id: '5d0e9a51-1f6a-5a4c-8d10-b0e1c1f46f2c',
  event_id: 'evt_0192f0c4a7b17c3e8d21',
  type: 'resume.parsed',
  delivered: true,
  status_code: 200,
  error_code: null,
  error_message: null,
  duration_ms: 87,
  answer_excerpt: 'OK',
};
