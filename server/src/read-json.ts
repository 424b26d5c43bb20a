import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import express, { type RequestHandler } from 'express';
import { checkJson } from './limits/check-json';
import { Problem } from './problems/problem';

/** A JSON body as it was sent, and what `JSON.parse` makes of it. */
export interface SentJson {
  text: string;
  value: unknown;
}

const bodies = new WeakMap<IncomingMessage, SentJson>();

/** Parses bodies of any JSON value, and refuses those that only an attacker sends. */
export function readJson(options: { limit: string; type?: () => boolean }): RequestHandler[] {
  const parse: RequestHandler = (request, _response, next) => {
    // Where there is no body, or it is not JSON, none was read.
    if (typeof request.body === 'string') {
      const sent = { text: request.body, value: parseText(request.body) };
      bodies.set(request, sent);
      request.body = sent.value;
    }
    next();
  };
  return [express.text({ type: 'application/json', ...options, verify: requireUnicode }), parse];
}

/** The body that `readJson` read. */
export function sentJson(request: IncomingMessage): SentJson {
  const sent = bodies.get(request);
  if (sent === undefined) throw new Error('No JSON was read from this request.');
  return sent;
}

function parseText(text: string): unknown {
  // UTF-16 may have halves of surrogate pairs, which nothing that we send could carry.
  if (!text.isWellFormed()) throw new Problem('invalid_json', NOT_UNICODE);
  const value = text === '' ? {} : parsed(text);
  checkJson(value);
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid_json', 'The body could not be read as JSON.');
  }
}

const NOT_UNICODE =
  'The body is not valid UTF-8: its characters would not arrive as they were meant.';

/** Before the body is decoded, which puts U+FFFD in place of what cannot be. */
function requireUnicode(
  _request: IncomingMessage,
  _response: unknown,
  body: Buffer,
  charset: string,
): void {
  // Errors with a `type`, as the parser has them itself: `toProblem` knows them.
  if (!charset.startsWith('utf-')) {
    throw Object.assign(new Error(charset), { type: 'charset.unsupported' });
  }
  if (charset === 'utf-8' && !isUtf8(body)) {
    throw Object.assign(new Error(NOT_UNICODE), { type: 'charset.violated' });
  }
}
