import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type InputType } from 'node:zlib';
import express, { type Request, type RequestHandler } from 'express';
import { WebhookError } from './webhook-error';

/** Of a body as it is sent, and of what it is decompressed. */
const LIMIT_BYTES = 1024 * 1024;

type Decompress = (body: InputType, options: { maxOutputLength: number }) => Promise<Buffer>;

const DECOMPRESS: Readonly<Record<string, Decompress>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  // Some senders leave the zlib header out, which RFC 9110 asks for.
  deflate: (body, options) =>
    promisify(isZlib(body as Buffer) ? inflate : inflateRaw)(body, options),
  br: promisify(brotliDecompress),
};

/** What a webhook came with. */
export interface WebhookBody {
  /** Its bytes as they came. */
  sent: Buffer;
  /**
   * Its bytes without their Content-Encoding; the same each time.
   *
   * @throws {WebhookError} 400 for an encoding that there is not here, a body that is not in it, and one
   *   that becomes too large.
   */
  content(): Promise<Buffer>;
}

const bodies = new WeakMap<Request, WebhookBody>();

/** Reads a body as it came, up to 1 MiB, whatever it claims to be. */
export function readWebhookBody(): RequestHandler[] {
  const encodings = new WeakMap<Request, string>();
  return [
    (request, _response, next) => {
      // Express would decompress it, or refuse it, before its signature is known.
      encodings.set(request, request.headers['content-encoding'] ?? '');
      delete request.headers['content-encoding'];
      next();
    },
    express.raw({ limit: LIMIT_BYTES, type: () => true }),
    (request, _response, next) => {
      const sent = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      let content: Promise<Buffer> | undefined;
      bodies.set(request, {
        sent,
        content: () => (content ??= decompress(sent, encodings.get(request) ?? '')),
      });
      next();
    },
  ];
}

/** The body that `readWebhookBody` read. */
export function webhookBody(request: Request): WebhookBody {
  const body = bodies.get(request);
  if (body === undefined) throw new Error('No body was read from this request.');
  return body;
}

async function decompress(sent: Buffer, encoding: string): Promise<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity' || sent.length === 0) return sent;
  const known = Object.hasOwn(DECOMPRESS, name) ? DECOMPRESS[name] : undefined;
  if (known === undefined) {
    throw new WebhookError('INVALID_PAYLOAD', {
      reason: `Content-Encoding "${name.slice(0, 40)}" is not taken: send the body as it is, or with one of gzip, deflate and br.`,
    });
  }
  try {
    return await known(sent, { maxOutputLength: LIMIT_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new WebhookError('INVALID_PAYLOAD', {
      reason: `The body is not what its Content-Encoding "${name}" says.`,
    });
  }
}

/** For a body that is over the limit, as it came or decompressed. */
export function tooLarge(limitBytes: number = LIMIT_BYTES): WebhookError {
  return new WebhookError('PAYLOAD_TOO_LARGE', { limitBytes });
}

/** RFC 1950: the method, and a check of both bytes. */
function isZlib(body: Buffer): boolean {
  return body.length >= 2 && (body.readUInt8(0) & 15) === 8 && body.readUInt16BE(0) % 31 === 0;
}
