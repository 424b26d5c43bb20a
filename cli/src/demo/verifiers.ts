import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What a receiver has of a delivery. */
export interface Received {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Whether a delivery is signed with `secret`, checked the way that one system's document shows. */
type Verifier = (received: Received, secret: string) => boolean;

/** One for each system, by its key. */
export const VERIFIERS: Readonly<Record<string, Verifier>> = {
  /** The scheme of its inbound webhook: time and body together, `sha256=` and hex. */
  cv: ({ headers, body }, secret) => {
    const timestamp = String(headers['x-webhook-timestamp']);
    return equal(
      headers['x-webhook-signature'],
      `sha256=${hmac(secret, timestamp + body.toString('utf8'))}`,
    );
  },
  /** Parses the body and signs it as JSON again. */
  roleready: ({ headers, body }, secret) =>
    equal(
      headers['x-webhook-signature'],
      hmac(secret, JSON.stringify(JSON.parse(body.toString('utf8')))),
    ),
  pathfinder: ({ headers, body }, secret) =>
    equal(headers['x-pathfinder-signature'], `sha256=${hmac(secret, body)}`),
  resumebuilder: ({ headers, body }, secret) =>
    equal(headers['x-webhook-signature'], `sha256=${hmac(secret, body)}`),
  proposals: ({ headers, body }, secret) =>
    equal(headers['x-webhook-signature'], hmac(secret, body)),
};

function hmac(secret: string, data: string | Buffer): string {
  return createHmac('sha256', secret).update(data).digest('hex');
}

function equal(given: string | string[] | undefined, expected: string): boolean {
  const left = Buffer.from(String(given));
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}
