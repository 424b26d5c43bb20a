import type { RequestHandler } from 'express';
import { Problem } from '../problems/problem';

const MAX_HEADERS = 100;

/**
 * Refuses a request with more headers than anybody needs. Node has a limit of its own, but drops what
 * is over it: a header that something before us has judged would be missing.
 */
export const limitHeaders: RequestHandler = (request, _response, next) => {
  if (request.rawHeaders.length > MAX_HEADERS * 2) {
    throw new Problem('headers_too_large', `Send at most ${MAX_HEADERS} headers.`);
  }
  next();
};
