import { createServer } from 'node:net';
import { TemporalError } from './errors';

/**
 * Makes sure, as well as one can beforehand, that a port on the loopback address can be taken.
 *
 * @throws TemporalError `port_taken`, which names the port and the setting that chooses it
 */
export async function requireFreePort(port: number, setting: string): Promise<void> {
  const error = await tryToListen(port);
  if (!error) return;
  const why =
    error.code === 'EADDRINUSE'
      ? 'is taken by another program'
      : `cannot be used (${error.message})`;
  throw new TemporalError(
    'port_taken',
    `Port ${port}, which the embedded Temporal server needs, ${why}. ` +
      `Free it, or set ${setting} to another port.`,
  );
}

function tryToListen(port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', resolve);
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(undefined)));
  });
}
