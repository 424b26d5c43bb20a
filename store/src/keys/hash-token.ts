import { createHash } from 'node:crypto';

/**
 * What is stored of a token. Tokens have 256 random bits, so a plain SHA-256
 * cannot be searched backwards, and looking the hash up takes the same time for
 * every wrong token.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
