import { createHmac, sign as signWithKey } from 'node:crypto';
import { parsePrivateKey, parseSigningKey } from './keys';
import { signedContent, type Message } from './message';

/**
 * A symmetric signature of Standard Webhooks: `v1,` and the base64 of HMAC-SHA256.
 *
 * @param signingKey `whsec_…`
 * @throws {SystemsError} `invalid_signing_key` or `invalid_message`.
 */
export function sign(message: Message, signingKey: string): string {
  const hmac = createHmac('sha256', parseSigningKey(signingKey));
  return `v1,${hmac.update(signedContent(message)).digest('base64')}`;
}

/**
 * An asymmetric signature of Standard Webhooks: `v1a,` and the base64 of Ed25519 (RFC 8032).
 *
 * @param privateKey `whsk_…`
 * @throws {SystemsError} `invalid_private_key` or `invalid_message`.
 */
export function signAsymmetric(message: Message, privateKey: string): string {
  const signature = signWithKey(null, signedContent(message), parsePrivateKey(privateKey));
  return `v1a,${signature.toString('base64')}`;
}
