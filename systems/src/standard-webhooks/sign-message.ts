import type { SigningKeys } from '../system';
import type { Message } from './message';
import { sign, signAsymmetric } from './sign';

/**
 * The three headers of Standard Webhooks: one `v1` for each generation of keys in their order,
 * each followed by a `v1a` where the generation has a private key.
 *
 * @throws {SystemsError} `invalid_signing_key`, `invalid_private_key` or `invalid_message`.
 */
export function signMessage(
  message: Message,
  keys: readonly SigningKeys[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const signatures = keys.flatMap(({ signingKey, privateKey }) => [
    sign(message, signingKey),
    ...(privateKey === undefined ? [] : [signAsymmetric(message, privateKey)]),
  ]);
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
