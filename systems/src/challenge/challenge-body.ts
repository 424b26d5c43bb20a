import { randomBytes } from 'node:crypto';

/** The `type` by which a receiver knows that it is being challenged. */
export const CHALLENGE_TYPE = 'webhook.verify';

/** A new challenge: 32 random bytes in URL-safe base64, which no receiver can guess. */
export function generateChallenge(): string {
  return randomBytes(32).toString('base64url');
}

/** The bytes that ask a receiver to prove itself, as the Proposal Generator's document has them. */
export function challengeBody(challenge: string): Buffer {
  return Buffer.from(JSON.stringify({ type: CHALLENGE_TYPE, challenge }), 'utf8');
}
