import type { Socket } from 'node:net';

import { createConnector } from './connect';
import { EgressError } from './errors';
import type { EgressPolicy } from './policy';
import { createLookup, type Lookup } from './resolve-name';

/**
 * Opens a plain TCP connection that the guard has vetted, for protocols other than HTTP. TLS on top
 * of it, and what is said over it, are the caller's.
 *
 * @throws {EgressError} where the address is refused or does not answer in time.
 */
export function openSocket(
  policy: EgressPolicy,
  target: { hostname: string; port: number; timeoutMs: number; lookup?: Lookup },
): Promise<Socket> {
  const { hostname, port, timeoutMs } = target;
  const connect = createConnector({
    policy,
    lookup: target.lookup ?? createLookup(),
    connectTimeoutMs: timeoutMs,
  });
  return new Promise((resolve, reject) => {
    connect(
      { hostname, port: String(port), protocol: 'http:', host: `${hostname}:${port}` },
      (error, socket) => {
        if (error === null) resolve(socket);
        else
          reject(
            error instanceof EgressError
              ? error
              : new EgressError(codeOf(error), { target: `${hostname}:${port}` }),
          );
      },
    );
  });
}

function codeOf(error: Error): 'connection_refused' | 'connect_timeout' | 'host_unreachable' {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') return 'connection_refused';
  return code === 'UND_ERR_CONNECT_TIMEOUT' ? 'connect_timeout' : 'host_unreachable';
}
