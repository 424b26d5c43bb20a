import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { CONNECT_POLICY } from './connect-page';
import { isUnder } from './path-prefix';

/** What an answer of the API may load, should a browser show it: nothing. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * Helmet's headers. The pages for people get a policy that lets them work, each its own; the
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
  // Every answer is for one caller alone, and some have secrets.
  const plain = headersOf(helmet({ ...common, contentSecurityPolicy: false })).concat([
    ['cache-control', 'no-store'],
  ]);
  const forApi = withPolicy(plain, API_POLICY);
  const forConnecting = withPolicy(plain, CONNECT_POLICY);
  return (request, response, next) => {
    if (request.path.startsWith('/docs')) {
      forPages(request, response, next);
      return;
    }
    const headers = isUnder('/connect', request.path) ? forConnecting : forApi;
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}

type Helmet = ReturnType<typeof helmet>;
type Header = [name: string, value: string];

function withPolicy(headers: readonly Header[], policy: string): Header[] {
  return [...headers, ['content-security-policy', policy]];
}

/** What a handler sets, which is the same for every answer. */
function headersOf(handler: Helmet): Header[] {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  handler(request, response, () => undefined);
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}
