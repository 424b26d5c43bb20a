import type { StoredEvent } from '@careerhooks/store';
import type { z } from 'zod';
import type { eventOut } from '../schemas/event';
import { isoTime } from './times';

export function presentEvent(event: StoredEvent): z.output<typeof eventOut> {
  return {
    id: event.id,
    system: event.system,
    user: event.user,
    type: event.type,
    data: JSON.parse(event.data) as Record<string, unknown>,
    previous_attributes:
      event.previousAttributes === null
        ? null
        : (JSON.parse(event.previousAttributes) as Record<string, unknown>),
    test: event.isTest,
    created_at: isoTime(event.createdAt),
  };
}
