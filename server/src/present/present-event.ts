import type { StoredEvent } from '@careerhooks/store';
import { type JsonParts, JsonText } from '@careerhooks/systems';
import type { z } from 'zod';
import type { eventOut } from '../schemas/event';
import { isoTime } from './times';

/** An event as `eventOut` has it, its data as it was published: for `encodeJson`. */
export function presentEvent(
  event: StoredEvent,
): Record<keyof z.output<typeof eventOut>, JsonParts> {
  return {
    id: event.id,
    system: event.system,
    user: event.user,
    type: event.type,
    data: new JsonText(event.data),
    previous_attributes:
      event.previousAttributes === null ? null : new JsonText(event.previousAttributes),
    test: event.isTest,
    created_at: isoTime(event.createdAt),
  };
}
