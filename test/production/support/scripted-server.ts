import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** In place of a server of ours: ready, and as unreliable as a test wants. */
export interface ScriptedServer {
  port: number;
  /** Paths that it was asked for, apart from /readyz. */
  asked: string[];
  close(): void;
}

/** Answers 200, and what is sent to /lost not at all: it reads it, and closes the connection. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then(() => {
      const path = request.url ?? '';
      if (path !== '/readyz') asked.push(path);
      if (path === '/lost') request.socket.destroy();
      else response.end('OK');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
