import { randomBytes } from 'node:crypto';
import { generateSigningKey, isSigningKey } from './standard-webhooks/keys';
import type { SigningKeys, System } from './system';

/** A new secret in the system's format: `whsec_…`, or 64 hex digits; 32 random bytes either way. */
export function generateSecret(system: System): string {
  return system.secretFormat === 'hex' ? randomBytes(32).toString('hex') : generateSigningKey();
}

/**
 * The first generation of an endpoint's keys, or the next one when it rotates.
 *
 * One `whsec_` value serves both signatures where it can: the secret made here, or one that
 * the integrator brings in that form. Any other secret gets a signing key beside it.
 */
export function generateKeys(system: System, secret = generateSecret(system)): SigningKeys {
  return { secret, signingKey: isSigningKey(secret) ? secret : generateSigningKey() };
}
