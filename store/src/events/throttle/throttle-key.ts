import { createHash } from 'node:crypto';

/** What the throttle has to know of an event that was just accepted. */
export interface ThrottledEvent {
  key: string;
  system: string;
  user_id: string;
  throttle: { key: string; windowMs: number } | undefined;
  flushes: { key: string } | undefined;
}

/** Of one user's events alone: two users' jobs may have the same id. */
export function throttleKey({
  system,
  user_id,
  throttle,
  flushes,
}: Omit<ThrottledEvent, 'key'>): string {
  const key = (throttle ?? flushes)?.key ?? '';
  return createHash('sha256')
    .update(JSON.stringify([system, user_id, key]))
    .digest('base64url');
}
