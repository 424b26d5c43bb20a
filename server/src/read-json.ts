import express, { type RequestHandler } from 'express';
import { checkJson } from './limits/check-json';

/** Parses bodies of any JSON value, and refuses those that only an attacker sends. */
export function readJson(options: { limit: string; type?: () => boolean }): RequestHandler[] {
  const check: RequestHandler = (request, _response, next) => {
    checkJson(request.body);
    next();
  };
  return [express.json({ ...options, strict: false }), check];
}
