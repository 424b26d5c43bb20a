import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a port on loopback that fails as networks and proxies do. */
export interface Line {
  port: number;
  /** Swallows everything: what is sent meanwhile arrives when it no longer does, unless it was cut before. */
  silence(silent: boolean): void;
  /** Where new connections lead: those that there are stay. */
  leadTo(port: number): void;
  /** Ends every connection, with whatever is on its way. */
  cut(): void;
  close(): void;
}

const lines = new Set<Line>();

afterAll(() => {
  for (const line of lines) line.close();
});

export async function lineTo(targetPort: number): Promise<Line> {
  let target = targetPort;
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((incoming) => {
    const outgoing = connect(target, '127.0.0.1');
    const pairs: [Socket, Socket][] = [
      [incoming, outgoing],
      [outgoing, incoming],
    ];
    for (const [from, to] of pairs) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
      if (silent) from.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const line: Line = {
    port: (server.address() as AddressInfo).port,
    silence(value) {
      silent = value;
      for (const socket of sockets) {
        if (value) socket.pause();
        else socket.resume();
      }
    },
    leadTo: (port) => void (target = port),
    cut,
    close() {
      server.close();
      cut();
      lines.delete(line);
    },
  };
  lines.add(line);
  return line;
}

/** A way to a database, with the URL that leads by it. */
export async function lineToDatabase(databaseUrl: string): Promise<Line & { url: string }> {
  const url = new URL(databaseUrl);
  const line = await lineTo(Number(url.port));
  url.port = String(line.port);
  return { ...line, url: url.href };
}
