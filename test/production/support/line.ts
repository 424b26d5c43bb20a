import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a port on loopback that can be made to swallow everything, as a broken network does. */
export interface Line {
  port: number;
  /** What is sent while it is silent arrives when it no longer is, unless it was cut before. */
  silence(silent: boolean): void;
  /** Ends every connection, with whatever is on its way. */
  cut(): void;
  close(): void;
}

const lines = new Set<Line>();

afterAll(() => {
  for (const line of lines) line.close();
});

export async function lineTo(targetPort: number): Promise<Line> {
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((incoming) => {
    const outgoing = connect(targetPort, '127.0.0.1');
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
