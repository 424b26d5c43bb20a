import { createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { SystemsError } from '../errors';
import { decodeBase64 } from './base64';

const SIGNING = 'whsec_';
const PRIVATE = 'whsk_';
const PUBLIC = 'whpk_';

/** DER that stands before the 32 bytes of a bare Ed25519 key (RFC 8410): PKCS #8, and SPKI. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function payload(key: string, prefix: string): Buffer | undefined {
  return key.startsWith(prefix) ? decodeBase64(key.slice(prefix.length)) : undefined;
}

function signingKeyBytes(key: string): Buffer | undefined {
  const bytes = payload(key, SIGNING);
  return bytes && bytes.length >= 24 && bytes.length <= 64 ? bytes : undefined;
}

/** A new symmetric key: `whsec_` and the base64 of 32 random bytes. */
export function generateSigningKey(): string {
  return SIGNING + randomBytes(32).toString('base64');
}

/** Whether the text is a symmetric key as Standard Webhooks has it. */
export function isSigningKey(key: string): boolean {
  return signingKeyBytes(key) !== undefined;
}

/**
 * The 24 to 64 bytes of a `whsec_` key, as Standard Webhooks bounds them.
 *
 * @throws {SystemsError} `invalid_signing_key`.
 */
export function parseSigningKey(key: string): Buffer {
  const bytes = signingKeyBytes(key);
  if (!bytes) throw new SystemsError('invalid_signing_key');
  return bytes;
}

/** A new Ed25519 key: `whsk_` and the base64 of its 32-byte seed (RFC 8032). */
export function generatePrivateKey(): string {
  return PRIVATE + randomBytes(32).toString('base64');
}

/** @throws {SystemsError} `invalid_private_key`. */
export function parsePrivateKey(key: string): KeyObject {
  const seed = payload(key, PRIVATE);
  if (seed?.length !== 32) throw new SystemsError('invalid_private_key');
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

/** @throws {SystemsError} `invalid_public_key`. */
export function parsePublicKey(key: string): KeyObject {
  const bytes = payload(key, PUBLIC);
  if (bytes?.length !== 32) throw new SystemsError('invalid_public_key');
  return createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' });
}

/**
 * What an integrator verifies `v1a` signatures with: `whpk_` and the base64 of the public key.
 *
 * @throws {SystemsError} `invalid_private_key`.
 */
export function publicKeyOf(privateKey: string): string {
  const der = createPublicKey(parsePrivateKey(privateKey)).export({ format: 'der', type: 'spki' });
  return PUBLIC + der.subarray(SPKI.length).toString('base64');
}

/** Whether the text means to be a public key, for code that takes both kinds. */
export function looksLikePublicKey(key: string): boolean {
  return key.startsWith(PUBLIC);
}
