import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerClientErrors, type Messages } from '@careerhooks/server';
import { SettingError, SetupError } from '../settings';
import { quietMoment } from './quiet-moment';

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
 * @param leaving from when it is aborted on, each answer is its connection's last.
 * @param messages what requests and responses are made of, where not of Node's own classes.
 */
export async function listenHttp(
  app: RequestListener,
  host: string,
  port: number,
  {
    setting,
    leaving,
    messages,
  }: { setting: 'PORT' | 'WORKER_PORT'; leaving: AbortSignal; messages?: Messages },
): Promise<HttpServer> {
  const server = createServer({ ...LIMITS, ...messages }, app);
  server.maxConnections = MAX_CONNECTIONS;
  // All of them, up to the size that they may have: the application judges how many are too many.
  server.maxHeadersCount = 0;
  answerClientErrors(server);
  closeConnectionsFrom(leaving, server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is taken. Set ${setting} to another, or stop what uses it.`;
      const other = `Cannot listen on ${host}:${port} (HOST, ${setting}): ${error.message}`;
      // All others may pass: what has the port ends, an address comes with its network.
      const Fault = error.code === 'EACCES' ? SettingError : SetupError;
      reject(new Fault(error.code === 'EADDRINUSE' ? taken : other));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return { url: `http://${name}:${address.port}`, stop: () => stop(server) };
}

/**
 * From when `leaving` is aborted on, each answer closes its connection, those to requests under way, too:
 * whoever keeps connections opens the next one elsewhere, and one that it is kept busy on would be closed
 * between two requests, or hold the server open for ever.
 */
function closeConnectionsFrom(leaving: AbortSignal, server: Server): void {
  const underWay = new Set<ServerResponse>();
  // First, since the application may answer at once.
  server.prependListener('request', (_request, response) => {
    if (leaving.aborted) {
      response.setHeader('connection', 'close');
      return;
    }
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  leaving.addEventListener('abort', () => {
    for (const response of underWay) {
      if (!response.headersSent) response.setHeader('connection', 'close');
    }
    underWay.clear();
  });
}

/**
 * How long requests under way have when the server stops, in milliseconds: a test delivery or a challenge
 * waits up to 30 s for its receiver.
 */
const STOP_GRACE_MS = 35_000;
const CLOSE_IDLE_MS = 50;

async function stop(server: Server): Promise<void> {
  await quietMoment(server);
  const closeIdle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS);
  const closeAll = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearInterval(closeIdle);
  clearTimeout(closeAll);
}
