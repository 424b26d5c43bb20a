import { hash } from 'node:crypto';
import { newId } from '../ids';
import type { NewEvent } from './new-event';

/** An event as its row has it, before it is known whether it was there before. */
export interface Candidate {
  key: string;
  id: string;
  system: string;
  user_id: string;
  type: string;
  data: string;
  previous_attributes: string | null;
  idempotency_key: string | null;
  content_hash: string;
  created_at: number;
  critical: boolean;
  throttle: NewEvent['throttle'];
  flushes: NewEvent['flushes'];
}

/** @param now Unix milliseconds. */
export function toCandidate(event: NewEvent, now: number): Candidate {
  const key = newId();
  const previous = event.previousAttributes ?? null;
  return {
    key,
    id: event.id ?? `evt_${key.replaceAll('-', '')}`,
    system: event.system,
    user_id: event.user,
    type: event.type,
    data: event.data,
    previous_attributes: previous,
    idempotency_key: event.idempotencyKey ?? null,
    content_hash: contentHash(event.type, event.compared ?? event),
    created_at: now,
    critical: event.critical === true,
    throttle: event.throttle,
    flushes: event.flushes,
  };
}

function contentHash(
  type: string,
  { data, previousAttributes = null }: { data: string; previousAttributes?: string | null },
): string {
  return hash('sha256', JSON.stringify([type, data, previousAttributes]), 'base64url');
}
