import { SystemsError } from '../errors';

/** What Standard Webhooks signs. */
export interface Message {
  /** `webhook-id`: not empty, and without a full stop. */
  id: string;
  /** `webhook-timestamp`: Unix time in whole seconds. */
  timestamp: number;
  /** The exact bytes that are sent: decoding them first would let different bodies sign alike. */
  body: Uint8Array;
}

/**
 * The bytes to sign: `id.timestamp.body`. An id with a full stop is refused, since the parts
 * could then be split another way under the same signature.
 *
 * @throws {SystemsError} `invalid_message`.
 */
export function signedContent({ id, timestamp, body }: Message): Buffer {
  if (id === '' || id.includes('.') || !Number.isSafeInteger(timestamp) || timestamp < 0) {
    throw new SystemsError('invalid_message');
  }
  return Buffer.concat([Buffer.from(`${id}.${timestamp}.`, 'utf8'), body]);
}
