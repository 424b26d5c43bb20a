import { z } from 'zod';
import { count, moment, text } from './fields';
import type { EventType, System } from './system';

/**
 * Events that tell of the deliveries themselves. Systems with critical events have them beside their
 * own; they are made here and never published, and an endpoint gets them only where it names them
 * (`*` stands for what the system's document lists).
 */
export const operationalEvents = {
  'delivery.failed': {
    description: 'A critical event was not delivered: no attempt was left, or its 24 h were over.',
    group: 'delivery',
    schema: z.looseObject({
      delivery_id: text,
      event_id: text,
      event_type: text,
      endpoint_id: text,
      attempts: count,
      last_status_code: z.int().nullable(),
      last_error_code: z.string().nullable(),
      failed_at: moment,
    }),
    example: {
      delivery_id: '019c3b5e-7a10-7cc1-8f3e-5d2b9a64f0e1',
      event_id: 'evt_1234567890',
      event_type: 'user.deleted',
      endpoint_id: 'ep_019c3b5e7a0f7cc18f3e5d2b9a64f0e0',
      attempts: 3,
      last_status_code: 500,
      last_error_code: 'http_500',
      failed_at: '2024-03-01T10:00:05.000Z',
    },
  },
} satisfies Record<string, EventType>;

/** Those that the system can have: without a critical event none is ever made. */
export function operationalEventsOf(
  system: Pick<System, 'critical'>,
): Readonly<Record<string, EventType>> {
  return system.critical === undefined ? {} : operationalEvents;
}
