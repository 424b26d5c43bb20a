import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type RequestListener,
  type Server as HttpServer,
} from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';

import {
  createEgressClient,
  EgressError,
  type EgressClient,
  type EgressClientOptions,
  type EgressPolicy,
  type EgressRequest,
} from '@careerhooks/egress';

export const development: EgressPolicy = { httpsOnly: false, publicOnly: false, allow: [] };

/** Production's guard on addresses, over plain HTTP, with loopback exempt. */
export const guarded: EgressPolicy = {
  httpsOnly: false,
  publicOnly: true,
  allow: ['127.0.0.1/32'],
};

const closers: (() => Promise<unknown>)[] = [];

/** Closes every server and client of the test; for `afterEach`. */
export async function closeAll(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()));
}

/** Listens on loopback and returns the port. */
export async function listen(server: Server, host = '127.0.0.1', port = 0): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  });
  server.listen(port, host);
  await once(server, 'listening');
  closers.push(async () => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

/** An HTTP receiver on loopback; its URL ends with a slash. */
export async function receiver(
  listener: RequestListener,
): Promise<{ url: string; server: HttpServer }> {
  const server = createHttpServer(listener);
  return { url: `http://127.0.0.1:${await listen(server)}/`, server };
}

/** A receiver below HTTP: called with the socket once a request's headers have come. */
export async function rawReceiver(answer: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    let head = '';
    const onData = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', onData).resume();
      answer(socket);
    };
    socket.on('data', onData);
  });
  return `http://127.0.0.1:${await listen(server)}/`;
}

export function client(
  policy: EgressPolicy = development,
  options?: EgressClientOptions,
): EgressClient {
  const created = createEgressClient(policy, options);
  closers.push(() => created.close());
  return created;
}

export function post(url: string, more: Partial<EgressRequest> = {}): EgressRequest {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from('{"n":1}'),
    timeoutMs: 5_000,
    ...more,
  };
}

/** The error of a request that must fail with an EgressError. */
export async function failure(request: Promise<unknown>): Promise<EgressError> {
  const error: unknown = await request.then(
    () => new Error('The request succeeded.'),
    (reason: unknown) => reason,
  );
  if (error instanceof EgressError) return error;
  throw error;
}
