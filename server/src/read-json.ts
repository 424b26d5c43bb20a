import { MIMEType, TextDecoder } from 'node:util';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { checkJson } from './limits/check-json';
import { Problem } from './problems/problem';

/** A JSON body as it was sent, and what `JSON.parse` makes of it. */
export interface SentJson {
  text: string;
  value: unknown;
}

/** Parses bodies of any JSON value, and refuses those that only an attacker sends. */
export function readJson(options: { limit: string; type?: () => boolean }): RequestHandler[] {
  const parse: RequestHandler = (request, response, next) => {
    // Where there is no body, or it is not JSON, none was read.
    if (Buffer.isBuffer(request.body)) {
      const text = decode(request.body, request);
      const value = text === '' ? {} : parseText(text);
      checkJson(value);
      response.locals.sentJson = { text, value } satisfies SentJson;
      request.body = value;
    }
    next();
  };
  return [express.raw({ type: 'application/json', ...options }), parse];
}

/** The body that `readJson` read of the request that this answers. */
export function sentJson(response: Response): SentJson {
  const sent = response.locals.sentJson as SentJson | undefined;
  if (sent === undefined) throw new Error('No JSON was read from this request.');
  return sent;
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid_json', 'The body could not be read as JSON.');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * What is not the charset that it says is refused: Express's own parsers would put U+FFFD in its place,
 * and the event would arrive as another one.
 */
function decode(body: Buffer, request: Request): string {
  const charset = charsetOf(request);
  const decoder = charset === 'utf-8' ? utf8 : decoderOf(charset);
  try {
    return decoder.decode(body);
  } catch {
    throw new Problem('invalid_json', `The body is not valid ${charset.toUpperCase()}.`);
  }
}

function charsetOf(request: Request): string {
  const type = request.get('content-type');
  if (type?.includes(';') !== true) return 'utf-8';
  try {
    return new MIMEType(type).params.get('charset')?.toLowerCase() ?? 'utf-8';
  } catch {
    return 'utf-8';
  }
}

/** UTF-16 too, which earlier standards of JSON allowed. */
function decoderOf(charset: string): TextDecoder {
  try {
    if (charset.startsWith('utf-')) return new TextDecoder(charset, { fatal: true });
  } catch {
    // A charset that there is not.
  }
  throw new Problem('unsupported_media_type', 'Send JSON in UTF-8, plain or gzip.');
}
