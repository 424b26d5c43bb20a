import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a receiver's answer proves that it read the challenge: JSON `{"challenge": "…"}` as the
 * Proposal Generator's document has it, or the challenge alone, as text or as a JSON string, which
 * is how frameworks that answer JSON write a text. White space around any of them is ignored. Any
 * answer at all may be given: it never throws.
 */
export function answersChallenge(challenge: string, responseBody: string): boolean {
  if (challenge === '') return false;
  const answer = responseBody.trim();
  return equalText(answer, challenge) || equalText(challengeIn(answer), challenge);
}

function challengeIn(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'string') return value;
    if (typeof value !== 'object' || value === null || !('challenge' in value)) return '';
    return typeof value.challenge === 'string' ? value.challenge : '';
  } catch {
    return '';
  }
}

/** Compares digests, so that neither the content nor the length shows in the time it takes. */
function equalText(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value, 'utf8').digest();
}
