import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** What an answer of the API may load, should a browser show it: nothing. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * Helmet's headers. The pages for people get a policy that lets them work; the
 * API's answers the strictest there is, and none of the work of making it.
 */
export function createSecurityHeaders(): RequestHandler {
  // Also served over plain HTTP, on loopback or behind a gateway that ends TLS.
  const common = { strictTransportSecurity: false } as const;
  const forPages = helmet({
    ...common,
    contentSecurityPolicy: {
      directives: {
        // Swagger UI sets styles on elements, and draws its icons from data URLs.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'upgrade-insecure-requests': null,
      },
    },
  });
  const forApi = headersOf(helmet({ ...common, contentSecurityPolicy: false })).concat([
    ['content-security-policy', API_POLICY],
    // Every answer is for one caller alone, and some have secrets.
    ['cache-control', 'no-store'],
  ]);
  return (request, response, next) => {
    if (request.path.startsWith('/docs')) {
      forPages(request, response, next);
      return;
    }
    for (const [name, value] of forApi) response.setHeader(name, value);
    next();
  };
}

type Helmet = ReturnType<typeof helmet>;

/** What a handler sets, which is the same for every answer. */
function headersOf(handler: Helmet): [name: string, value: string][] {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  handler(request, response, () => undefined);
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}
