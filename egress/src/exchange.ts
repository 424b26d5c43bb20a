import type { Dispatcher } from 'undici';

import { targetOf } from './check-url';
import { classifyError } from './classify-error';
import { EgressError, type EgressErrorCode, type IncompleteAnswer } from './errors';
import { BodyReader } from './read-answer';
import type { ConnectionWatch, Passage } from './watch-connection';

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

/** What a request can go out over. */
export interface Connections {
  /** Connections that are kept. */
  kept: Dispatcher;
  /** Connections that are opened for one request. */
  fresh: Dispatcher;
  watch: ConnectionWatch;
}

const defaultAnswerBytes = 64 * 1024;

/** Answers that end with their head, whatever length it declares (RFC 9112, 6.3). */
const withoutBody = new Set([204, 304]);

/**
 * Makes one request and reads its answer.
 *
 * @throws {EgressError} where no complete answer came in time.
 */
export function exchange(
  connections: Connections,
  { request, url }: { request: EgressRequest; url: URL },
): Promise<EgressAnswer> {
  return new Promise((resolve, reject) => {
    new Exchange(connections, { request, url, resolve, reject }).begin();
  });
}

interface Order {
  request: EgressRequest;
  url: URL;
  resolve: (answer: EgressAnswer) => void;
  reject: (error: EgressError) => void;
}

/**
 * One request and its answer. It is settled once, by whatever comes first: the answer, the limit,
 * an error, the deadline or the caller; all that comes later is ignored. Settling before the answer
 * has ended destroys the connection, since the rest of that answer is still on it.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #connections: Connections;
  readonly #order: Order;
  readonly #target: string;
  readonly #startedAt = performance.now();
  readonly #onAbort = (): void => this.#fail('aborted');
  #deadline: NodeJS.Timeout | undefined;
  #settled = false;
  #ended = false;
  #repeated = false;
  #controller: Dispatcher.DispatchController | undefined;
  #passage: Passage | undefined;
  #head: Pick<IncompleteAnswer, 'status' | 'headers'> | undefined;
  #reader: BodyReader | undefined;

  constructor(connections: Connections, order: Order) {
    this.#connections = connections;
    this.#order = order;
    this.#target = targetOf(order.url);
  }

  begin(): void {
    const { signal, timeoutMs } = this.#order.request;
    this.#deadline = setTimeout(() => this.#fail('timeout', this.#missing()), timeoutMs);
    if (signal?.aborted) {
      this.#fail('aborted');
      return;
    }
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#dispatch(this.#connections.kept);
  }

  #dispatch(dispatcher: Dispatcher): void {
    const { request, url } = this.#order;
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: request.method,
        headers: request.headers,
        body: request.body === undefined ? null : bufferOf(request.body),
        ...(this.#repeated && { reset: true }),
      },
      this,
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // A connection came free after the deadline. What was reported as failed must not be sent any
    // more; to throw, rather than to abort, spares the connection for others.
    if (this.#settled) throw new EgressError('aborted', { target: this.#target });
    this.#controller = controller;
    this.#passage = this.#connections.watch.depart();
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    answerHeaders: Record<string, string | string[] | undefined>,
  ): void {
    if (this.#settled || status < 200) return;
    const headers = flatten(answerHeaders);
    this.#head = { status, headers };
    this.#reader = new BodyReader({
      headers,
      limit: this.#order.request.maxAnswerBytes ?? defaultAnswerBytes,
      onReady: () => this.#controller?.resume(),
      onDone: (read) => this.#complete({ status, headers, ...read }),
    });
    // undici takes the absence of a body of the declared length for an error, and gives up the
    // connection by itself: to abort would have it open another one for nothing.
    if (withoutBody.has(status) && Number(headers['content-length']) > 0) {
      this.#ended = true;
      this.#reader.end();
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#reader?.write(chunk) === false) controller.pause();
  }

  onResponseEnd(): void {
    this.#ended = true;
    this.#reader?.end();
  }

  onResponseError(_: Dispatcher.DispatchController, cause: Error): void {
    if (this.#settled) return;
    const error = classifyError(cause, { target: this.#target, answer: this.#read() });
    if (this.#metClosedConnection(error)) {
      this.#repeated = true;
      this.#dispatch(this.#connections.fresh);
    } else this.#settle(() => this.#order.reject(error));
  }

  /**
   * Whether the receiver closed a kept connection just when this request went out on it: no fault of
   * either, and the request goes out again, on a new connection. Once: had the receiver taken it and
   * died of it, it would do so again.
   */
  #metClosedConnection(error: EgressError): boolean {
    const { reused, answered } = this.#passage ?? { reused: false, answered: true };
    return error.code === 'connection_reset' && reused && !answered && !this.#repeated;
  }

  #complete(answer: Omit<EgressAnswer, 'durationMs'>): void {
    const durationMs = Math.round(performance.now() - this.#startedAt);
    this.#settle(() => this.#order.resolve({ ...answer, durationMs }));
  }

  #fail(code: EgressErrorCode, reason?: string): void {
    const answer = this.#read();
    const error = new EgressError(code, {
      target: this.#target,
      ...(reason !== undefined && { reason }),
      ...(answer !== undefined && { answer }),
    });
    this.#settle(() => this.#order.reject(error));
  }

  #settle(tell: () => void): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#deadline);
    this.#order.request.signal?.removeEventListener('abort', this.#onAbort);
    this.#reader?.destroy();
    if (!this.#ended) {
      this.#controller?.abort(new EgressError('aborted', { target: this.#target }));
    }
    tell();
  }

  /** What a deadline found missing. */
  #missing(): string {
    if (this.#controller === undefined) return 'no connection was made or free';
    return this.#head === undefined ? 'no headers had come' : 'the body had not ended';
  }

  #read(): IncompleteAnswer | undefined {
    if (this.#head === undefined) return undefined;
    return { ...this.#head, body: this.#reader?.kept ?? Buffer.alloc(0) };
  }
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
