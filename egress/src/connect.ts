import { isIP, isIPv6, type LookupFunction, type Socket } from 'node:net';

import { buildConnector } from 'undici';

import { permitsAddress } from './check-address';
import { EgressError } from './errors';
import type { EgressPolicy } from './policy';
import type { Lookup } from './resolve-name';

interface ConnectorOptions {
  policy: EgressPolicy;
  lookup: Lookup;
  /** Milliseconds for resolution, TCP and TLS together. */
  connectTimeoutMs: number;
  /** Certificates to trust in place of the well-known ones, in PEM. */
  ca?: string;
  /** Sees each connection when it is open, before anything is sent over it. */
  onConnected?: (socket: Socket) => void;
}

/**
 * Makes the connector through which every socket of the client is opened.
 *
 * The guard sits here, and not only in front of the request, because a name's answer may change
 * between two resolutions (DNS rebinding): a check that resolves on its own, and leaves the socket
 * to resolve again, checks an address that is never connected to. Here the socket's one resolution
 * is ours, all of its answers are judged, and the socket gets exactly what was judged. A connection
 * that is kept alive stays on that address.
 *
 * One forbidden answer condemns the name, even beside public ones: no honest receiver publishes
 * such a mix, and which of them the socket would take is a race.
 */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  const { policy, ca, onConnected } = options;
  const connect = buildConnector({
    lookup: createSocketLookup(options),
    timeout: options.connectTimeoutMs,
    // Tries a name's vetted addresses in turn. Node's default of 250 ms for each gives up on
    // receivers that are merely far away.
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 1_000,
    ...(ca === undefined ? {} : { ca }),
  });

  return (target, callback) => {
    // Sockets do not look up what is an address already, so the lookup would not see these.
    if (isIP(target.hostname) !== 0 && !permitsAddress(target.hostname, policy)) {
      const error = new EgressError('private_address', { target: hostAndPort(target) });
      queueMicrotask(() => callback(error, null));
      return;
    }
    connect(target, (...opened) => {
      if (opened[0] === null) onConnected?.(opened[1]);
      callback(...opened);
    });
  };
}

function createSocketLookup({ policy, lookup }: ConnectorOptions): LookupFunction {
  return (hostname, { all }, callback) => {
    resolveAndJudge(hostname, { policy, lookup }).then(
      ([first, ...others]) => {
        if (all) callback(null, [first, ...others]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as EgressError, []),
    );
  };
}

interface ResolvedAddress {
  address: string;
  family: 4 | 6;
}

async function resolveAndJudge(
  hostname: string,
  { policy, lookup }: Pick<ConnectorOptions, 'policy' | 'lookup'>,
): Promise<[ResolvedAddress, ...ResolvedAddress[]]> {
  let addresses: readonly string[];
  try {
    addresses = await lookup(hostname);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const unknown = code === 'ENOTFOUND' || code === 'ENODATA';
    throw new EgressError(unknown ? 'dns_no_address' : 'dns_failed', {
      target: hostname,
      ...(code === undefined ? {} : { reason: code }),
    });
  }
  if (!addresses.every((address) => permitsAddress(address, policy))) {
    // The address stays unnamed: whoever registered the URL would learn the internal network.
    throw new EgressError('private_address', { target: hostname });
  }
  const [first, ...others] = addresses.map((address) => ({
    address,
    family: isIPv6(address) ? (6 as const) : (4 as const),
  }));
  if (first === undefined) throw new EgressError('dns_no_address', { target: hostname });
  return [first, ...others];
}

function hostAndPort({ hostname, port, protocol }: buildConnector.Options): string {
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
