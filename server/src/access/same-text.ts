import { hash, timingSafeEqual } from 'node:crypto';

/** Compares digests in constant time, so that neither content nor length shows in how long it takes. */
export function sameText(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

/** SHA-256. */
export function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
