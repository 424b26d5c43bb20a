import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerClientErrors, type Messages } from '@careerhooks/server';
import { SetupError } from '../settings';

/** A listening HTTP server. */
export interface HttpServer {
  /** `http://127.0.0.1:3400` */
  url: string;
  /** Takes no more connections, lets requests under way end, closes the idle ones. */
  stop(): Promise<void>;
}

/** What a connection may cost; in milliseconds and bytes. */
const LIMITS = {
  // Whoever opens connections and says little holds each of them no longer than this.
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
  // Longer than a load balancer's usual 60 s: it must not send a request into a closing connection.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
};

/** How many connections may be open; one more is closed at once. */
const MAX_CONNECTIONS = 10_000;

/**
 * Listens on `host` and `port` (0: any free one); throws SetupError where it cannot.
 *
 * @param setting what the port is set by.
 * @param messages what requests and responses are made of, where not of Node's own classes.
 */
export async function listenHttp(
  app: RequestListener,
  host: string,
  port: number,
  { setting, messages }: { setting: 'PORT' | 'WORKER_PORT'; messages?: Messages },
): Promise<HttpServer> {
  const server = createServer({ ...LIMITS, ...messages }, app);
  server.maxConnections = MAX_CONNECTIONS;
  // All of them, up to the size that they may have: the application judges how many are too many.
  server.maxHeadersCount = 0;
  answerClientErrors(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new SetupError(
              `Port ${port} is taken. Set ${setting} to another, or stop what uses it.`,
            )
          : new SetupError(`Cannot listen on ${host}:${port} (HOST, ${setting}): ${error.message}`),
      );
    });
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${name}:${address.port}`, stop: () => stop(server) };
}

/** How long requests under way have when the server stops, in milliseconds. */
const STOP_GRACE_MS = 10_000;
const CLOSE_IDLE_MS = 50;

/** A client that keeps its connection busy would hold the server open for ever: each answer is its last. */
function stop(server: Server): Promise<void> {
  server.prependListener('request', (_request, response) => {
    response.setHeader('connection', 'close');
  });
  const closeIdle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS);
  const closeAll = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS);
  return new Promise((resolve) => {
    server.close(() => {
      clearInterval(closeIdle);
      clearTimeout(closeAll);
      resolve();
    });
    server.closeIdleConnections();
  });
}
