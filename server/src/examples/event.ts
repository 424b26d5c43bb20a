import type { z } from 'zod';
import type { acceptedEvent, eventOut, newEvent } from '../schemas/event';

/** What the reference shows of events: the same event, published and looked up. */

const data = {
  resumeId: 'resume_789',
  score: 85.5,
  matchedKeywords: 12,
  missingKeywords: 3,
  completedAt: '2026-11-24T09:29:59Z',
};

export const newEventExample: z.input<typeof newEvent> = {
  type: 'ats.check_completed',
  user: 'user_123',
  data,
  id: 'ats-check-4711',
};

export const acceptedEventExample: z.output<typeof acceptedEvent> = {
  id: 'ats-check-4711',
  type: 'ats.check_completed',
  deliveries: 1,
  duplicate: false,
};

export const eventExample: z.output<typeof eventOut> = {
  id: 'ats-check-4711',
  system: 'roleready',
  user: 'user_123',
  type: 'ats.check_completed',
  data,
  previous_attributes: null,
  test: false,
  created_at: '2026-11-24T09:30:00.000Z',
};
