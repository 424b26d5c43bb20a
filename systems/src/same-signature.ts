import { timingSafeEqual } from 'node:crypto';
import type { Received } from './system';

/** Whether a header holds the signature that was expected; in constant time, and false where it is missing. */
export function sameSignature(given: Received['headers'][string], expected: string): boolean {
  const left = Buffer.from(String(given));
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
