import { connect, createServer, type Socket } from 'node:net';

/** One address for several servers. */
export interface TcpBalancer {
  /** `127.0.0.1:<port>`. */
  address: string;
  stop(): Promise<void>;
}

/**
 * Passes each connection on to the first of `ports` on loopback, from the next in turn on, that takes
 * it. Where none does, it is closed, as a balancer does that knows no healthy server.
 */
export async function startTcpBalancer(
  port: number,
  ports: readonly number[],
): Promise<TcpBalancer> {
  const open = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    client.on('error', () => client.destroy());
    const first = turn++;
    passOn(
      client,
      ports.map((_, index) => ports[(first + index) % ports.length] as number),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${port}`,
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function passOn(client: Socket, [port, ...others]: readonly number[]): void {
  if (port === undefined || client.destroyed) {
    client.destroy();
    return;
  }
  const upstream = connect(port, '127.0.0.1');
  let connected = false;
  upstream.on('connect', () => {
    connected = true;
    client.pipe(upstream).pipe(client);
  });
  upstream.on('error', () => {
    if (connected) client.destroy();
    else passOn(client, others);
  });
  client.on('close', () => upstream.destroy());
  upstream.on('close', () => {
    if (connected) client.destroy();
  });
}
