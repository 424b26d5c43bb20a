import { encodedBytes } from './json/encode-json';
import type { EventFacts, System } from './system';

/** The largest body that is sent, in bytes, envelope and all: 1 MiB, which nginx and Fastify take unasked. */
export const MAX_BODY_BYTES = 1_048_576;

/** More than an envelope adds: its names, and ids, user and type, the longest that are taken, escaped. */
const MAX_ENVELOPE_BYTES = 4_096;
/** A UTF-16 unit is three bytes of UTF-8 at most. */
const MAX_BYTES_PER_UNIT = 3;

/** Ids that are made here, and times, have always the same length. */
const DELIVERY = { id: '0'.repeat(36) };
const MADE_ID = `evt_${'0'.repeat(32)}`;

/**
 * By how many bytes the bodies of an event's deliveries would be larger than {@link MAX_BODY_BYTES}; 0
 * where they are not. Nothing is encoded for it, and only what may come near is measured.
 *
 * @param event without `id` where it gets one that is made here.
 */
export function excessBytes(
  system: System,
  event: Omit<EventFacts, 'id' | 'createdAt'> & { id?: string },
): number {
  const units = event.data.text.length + (event.previousAttributes?.text.length ?? 0);
  if (units * MAX_BYTES_PER_UNIT + MAX_ENVELOPE_BYTES <= MAX_BODY_BYTES) return 0;
  const facts = { ...event, id: event.id ?? MADE_ID, createdAt: Date.now() };
  const bytes = encodedBytes(system.envelope(facts, DELIVERY));
  return Math.max(0, bytes - MAX_BODY_BYTES);
}
