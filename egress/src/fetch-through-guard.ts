import type { EgressClient } from './client';
import type { EgressRequest } from './exchange';
import { parseUrl } from './parse-url';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
const REDIRECTS = new Set([301, 302, 307, 308]);
const MAX_REDIRECTS = 3;
/** A Response of these may not have a body. */
const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * A `fetch` for libraries that take one, whose requests go through the guarded client: every
 * connection is vetted, none carries cookies. Bodies are text. Redirects of GET and HEAD are followed
 * within the origin only, since headers (a token) go along; any other is the answer itself.
 *
 * Rejects with `EgressError`, also where the answer is longer than `maxAnswerBytes`: half a JSON
 * document is of no use to such a library.
 */
export function fetchThroughGuard(
  client: EgressClient,
  limits: { timeoutMs: number; maxAnswerBytes: number },
): (url: string, init?: RequestInit) => Promise<Response> {
  return async (first, init = {}) => {
    const method = (init.method ?? 'GET').toUpperCase();
    if (!METHODS.has(method)) throw new TypeError(`Cannot send ${method} requests.`);
    if (init.body != null && typeof init.body !== 'string') {
      throw new TypeError('Only text can be sent as a body.');
    }
    const headers = Object.fromEntries(new Headers(init.headers));
    let url = first;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await client.request({
        method: method as EgressRequest['method'],
        url,
        headers,
        ...(typeof init.body === 'string' && { body: Buffer.from(init.body) }),
        ...limits,
        ...(init.signal && { signal: init.signal }),
      });
      const next =
        REDIRECTS.has(answer.status) && /^(GET|HEAD)$/.test(method)
          ? sameOrigin(url, answer.headers.location)
          : undefined;
      if (next !== undefined && redirects < MAX_REDIRECTS) {
        url = next;
        continue;
      }
      if (answer.truncated) throw new TypeError('The answer is damaged, or longer than accepted.');
      const plain = new Headers(answer.headers);
      // The client has decompressed the body.
      plain.delete('content-encoding');
      plain.delete('content-length');
      const response = new Response(
        WITHOUT_BODY.has(answer.status) ? null : new Uint8Array(answer.body),
        {
          status: answer.status,
          headers: plain,
        },
      );
      // Libraries read it; a Response that was made by hand has none.
      Object.defineProperty(response, 'url', { value: url });
      return response;
    }
  };
}

function sameOrigin(from: string, location: string | undefined): string | undefined {
  const next = location === undefined ? undefined : parseUrl(location, from);
  return next?.origin === new URL(from).origin ? next.href : undefined;
}
