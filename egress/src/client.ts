import { Agent, type Dispatcher } from 'undici';

import { checkHeaders } from './check-headers';
import { checkUrl, targetOf } from './check-url';
import { classifyError } from './classify-error';
import { createConnector } from './connect';
import { EgressError } from './errors';
import type { EgressPolicy } from './policy';
import { BodyReader } from './read-answer';
import { createLookup, type Lookup } from './resolve-name';

export interface EgressRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  /** Sent as they are; Host, Content-Length and Connection are the client's (see `checkHeaders`). */
  headers: Record<string, string>;
  body?: Uint8Array;
  /** Milliseconds for everything: waiting for a connection, DNS, TCP, TLS, sending, headers, body. */
  timeoutMs: number;
  /** Most bytes of the body to keep, counted after decompression; 64 KiB by default. */
  maxAnswerBytes?: number;
  signal?: AbortSignal;
}

export interface EgressAnswer {
  /** Never 1xx; 3xx is an answer like others, since redirects are not followed. */
  status: number;
  /** Names in lower case; repeated headers joined by `, `. */
  headers: Record<string, string>;
  /** Decompressed (gzip, deflate, br), and cut at `maxAnswerBytes`. */
  body: Buffer;
  /** The body was cut at the limit, or was compressed and damaged. */
  truncated: boolean;
  /** Milliseconds from the call to the end of the answer. */
  durationMs: number;
}

export interface EgressClient {
  /**
   * Makes one request, on a connection that the guard has vetted. Resolves with any answer, 4xx
   * and 5xx included.
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

const defaultAnswerBytes = 64 * 1024;
const longestTimer = 2 ** 31 - 1;

/**
 * Makes the client through which every outgoing request goes. It keeps no cookies, follows no
 * redirects, reads no proxy settings and retries nothing.
 */
export function createEgressClient(
  policy: EgressPolicy,
  options: EgressClientOptions = {},
): EgressClient {
  const agent = new Agent({
    connect: createConnector({
      policy,
      lookup: options.lookup ?? createLookup(),
      connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    }),
    connections: options.connectionsPerOrigin ?? 64,
    pipelining: 1,
    // However long a receiver offers to keep a connection: idle ones cost memory on both sides,
    // and hold on to an address that its name may have left.
    keepAliveMaxTimeout: 30_000,
    // undici measures pauses, which a trickling receiver never makes. The deadline covers all.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  let closing: Promise<void> | undefined;

  return {
    async request(request) {
      checkLimits(request);
      const url = checkUrl(request.url, policy);
      checkHeaders(request.headers);
      return exchange(agent, { request, url });
    },
    close: () => (closing ??= agent.close()),
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

/**
 * One request and its answer. It is settled once, by whatever comes first: the answer, the limit,
 * an error, the deadline or the caller; all that comes later is ignored. Settling before the answer
 * has ended destroys the connection, since the rest of that answer is still on it.
 */
function exchange(
  agent: Agent,
  { request, url }: { request: EgressRequest; url: URL },
): Promise<EgressAnswer> {
  const startedAt = performance.now();
  const target = targetOf(url);
  const { signal } = request;

  return new Promise((resolve, reject) => {
    let settled = false;
    let controller: Dispatcher.DispatchController | undefined;
    let reader: BodyReader | undefined;
    let status: number | undefined;

    const settle = (complete: () => void, { ended }: { ended: boolean }) => {
      if (settled) return;
      settled = true;
      clearTimeout(deadline);
      signal?.removeEventListener('abort', onAbort);
      reader?.destroy();
      if (!ended) controller?.abort(new EgressError('aborted', { target }));
      complete();
    };
    const fail = (error: EgressError) => settle(() => reject(error), { ended: false });
    const onAbort = () => fail(new EgressError('aborted', { target }));
    const onDeadline = () =>
      fail(
        new EgressError('timeout', {
          target,
          reason: controller
            ? status === undefined
              ? 'no headers had come'
              : 'the body had not ended'
            : 'no connection was made or free',
          ...(status === undefined ? {} : { status }),
        }),
      );
    const deadline = setTimeout(onDeadline, request.timeoutMs);

    if (signal?.aborted) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort, { once: true });

    const dispatchOptions: Dispatcher.DispatchOptions = {
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: request.method,
      headers: request.headers,
      body: request.body === undefined ? null : bufferOf(request.body),
    };

    let ended = false;
    agent.dispatch(dispatchOptions, {
      onRequestStart(started) {
        // A connection came free after the deadline. What was reported as failed must not be sent
        // any more; to throw, rather than to abort, spares the connection for others.
        if (settled) throw new EgressError('aborted', { target });
        controller = started;
      },
      onResponseStart(_, statusCode, answerHeaders) {
        if (settled || statusCode < 200) return;
        status = statusCode;
        const headers = flatten(answerHeaders);
        reader = new BodyReader({
          headers,
          limit: request.maxAnswerBytes ?? defaultAnswerBytes,
          onReady: () => controller?.resume(),
          onDone: ({ body, truncated }) => {
            const durationMs = Math.round(performance.now() - startedAt);
            settle(() => resolve({ status: statusCode, headers, body, truncated, durationMs }), {
              ended,
            });
          },
        });
      },
      onResponseData(current, chunk) {
        if (reader?.write(chunk) === false) current.pause();
      },
      onResponseEnd() {
        ended = true;
        reader?.end();
      },
      onResponseError(_, error) {
        fail(classifyError(error, { target, status }));
      },
    });
  });
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}
