import { Router } from 'express';
import type { ServerContext } from '../context';
import type { Operation } from '../operation';
import { originOf } from '../origin-of';
import type { About } from './about';
import { DEFAULT_ORIGIN, openApiDocument, serversAt } from './document';

/**
 * Serves the documents of an API under its root: `/openapi.json`, and `/openapi-3.0.json` for tools
 * that read nothing newer. Their server is where the API is reached.
 */
export function serveDocuments(
  context: ServerContext,
  operations: readonly Operation[],
  about: About,
): Router {
  const router = Router();
  for (const [name, version] of [
    ['openapi', '3.1.0'],
    ['openapi-3.0', '3.0.3'],
  ] as const) {
    const document = openApiDocument(operations, about, version);
    router.get(`${about.root}/${name}.json`, (request, response) => {
      const origin = context.publicUrl ?? originOf(request) ?? DEFAULT_ORIGIN;
      response.json({ ...document, servers: serversAt(origin, about) });
    });
  }
  return router;
}
