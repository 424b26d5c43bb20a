import { Router, type Request } from 'express';
import type { ServerContext } from '../context';
import type { Operation } from '../operation';
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

/** A name or an address, with or without a port, and nothing else that a Host header could hold. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Where the client that asks reaches us, as it says itself, or as a proxy says that is trusted. Only
 * this client gets it: no answer is cached.
 */
function originOf(request: Request): string | undefined {
  // Express has it without a port from nobody: undefined where there is no Host header.
  const host = request.host as string | undefined;
  if (host === undefined || !HOST.test(host)) return undefined;
  return `${request.secure ? 'https' : 'http'}://${host}`;
}
