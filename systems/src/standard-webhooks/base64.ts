/**
 * The bytes of canonical, padded base64 (RFC 4648, section 4), or undefined. Node's own decoder
 * skips what it does not know, which would let many texts stand for one key or signature.
 */
export function decodeBase64(encoded: string): Buffer | undefined {
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.toString('base64') === encoded ? bytes : undefined;
}
