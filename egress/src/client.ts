import { Agent } from 'undici';

import { checkHeaders } from './check-headers';
import { checkUrl } from './check-url';
import { createConnector } from './connect';
import { type EgressAnswer, type EgressRequest, exchange } from './exchange';
import type { EgressPolicy } from './policy';
import { createLookup, type Lookup } from './resolve-name';
import { ConnectionWatch } from './watch-connection';

export interface EgressClient {
  /**
   * Makes one request, on a connection that the guard has vetted. Resolves with any answer, 4xx
   * and 5xx included. Where a kept connection turns out to be closed before a byte of the answer
   * has come, the request goes out once more, on a new one.
   *
   * @throws {EgressError} for everything else that the receiver, its URL or its network did.
   * @throws {RangeError} when `timeoutMs` or `maxAnswerBytes` is out of range.
   */
  request(request: EgressRequest): Promise<EgressAnswer>;
  /** Lets requests under way end within their deadlines, refuses new ones, closes connections. */
  close(): Promise<void>;
}

export interface EgressClientOptions {
  /** Replaces DNS, and may not weaken the guard: what it returns is judged likewise. */
  lookup?: Lookup;
  /**
   * Most connections to one origin; further requests wait, within their deadlines. 64 by default:
   * many endpoints share an origin (a chat service, an n8n), and one that hangs must leave room.
   */
  connectionsPerOrigin?: number;
  /** Milliseconds for DNS, TCP and TLS together, where the deadline leaves more; 10 s by default. */
  connectTimeoutMs?: number;
  /** Certificates to trust in place of the well-known ones, in PEM. */
  ca?: string;
}

const longestTimer = 2 ** 31 - 1;

/**
 * Makes the client through which every outgoing request goes. It keeps no cookies, follows no
 * redirects, reads no proxy settings, and repeats nothing that a receiver may have begun to answer.
 */
export function createEgressClient(
  policy: EgressPolicy,
  options: EgressClientOptions = {},
): EgressClient {
  const watch = new ConnectionWatch();
  const connect = createConnector({
    policy,
    lookup: options.lookup ?? createLookup(),
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    onConnected: (socket) => watch.watch(socket),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  });
  const openAgent = (): Agent =>
    new Agent({
      connect,
      connections: options.connectionsPerOrigin ?? 64,
      pipelining: 1,
      // Shorter than the shortest time in common use after which a receiver closes an idle
      // connection without having announced it: 2 s, of gunicorn's threads. One that announces
      // more (`Keep-Alive: timeout=5`) is held to that, less the two seconds that undici deducts.
      keepAliveTimeout: 1_500,
      // However long a receiver offers to keep a connection: idle ones cost memory on both sides,
      // and hold on to an address that its name may have left.
      keepAliveMaxTimeout: 30_000,
      // undici measures pauses, which a trickling receiver never makes. The deadline covers all.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  const connections = { kept: openAgent(), fresh: openAgent(), watch };
  let closing: Promise<void> | undefined;

  return {
    async request(request) {
      checkLimits(request);
      const url = checkUrl(request.url, policy);
      checkHeaders(request.headers);
      return exchange(connections, { request, url });
    },
    // In this order: what ends on a closed connection goes on over a new one.
    close: () => (closing ??= connections.kept.close().then(() => connections.fresh.close())),
  };
}

function checkLimits({ timeoutMs, maxAnswerBytes = 0 }: EgressRequest): void {
  if (!(timeoutMs > 0 && timeoutMs <= longestTimer)) {
    throw new RangeError('timeoutMs must be above 0 and below 2^31.');
  }
  if (!Number.isSafeInteger(maxAnswerBytes) || maxAnswerBytes < 0) {
    throw new RangeError('maxAnswerBytes must be a whole number, 0 or more.');
  }
}
