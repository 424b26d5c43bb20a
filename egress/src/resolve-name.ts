import { promises as dns } from 'node:dns';

/** Resolves a host's name to all of its addresses; rejects, or returns none, where it has none. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

/** Localhost, in the order in which it is tried. */
export const loopbackAddresses: readonly string[] = ['127.0.0.1', '::1'];

/** Whether a name is `localhost` or below it (RFC 6761), with or without the root's dot. */
export function isLocalhost(hostname: string): boolean {
  return /(^|\.)localhost\.?$/i.test(hostname);
}

/**
 * How many getaddrinfo calls run at once. Each blocks one of libuv's threads (4 by default) until
 * the name server answers, and SQLite and zlib work on the same threads: a few endpoints with a
 * name server that never answers would otherwise stop the whole engine.
 */
const systemLookups = 2;

/**
 * The default lookup. Names are asked of the name servers directly, on sockets, where a slow name
 * holds up nobody else. Only names that these do not know go to the operating system, which also
 * reads its hosts file and search domains (`host.docker.internal`, `receiver.namespace` in a
 * cluster). Localhost is never asked of anyone (RFC 6761).
 */
export function createLookup(): Lookup {
  const resolver = new dns.Resolver({ timeout: 2_000, tries: 2 });
  const lookupBySystem = createSystemLookup();

  return async (hostname) => {
    if (isLocalhost(hostname)) return loopbackAddresses;
    const answers = await Promise.allSettled([
      resolver.resolve4(hostname),
      resolver.resolve6(hostname),
    ]);
    const addresses = answers.flatMap((answer) =>
      answer.status === 'fulfilled' ? answer.value : [],
    );
    if (addresses.length > 0) return addresses;

    const silent = answers.find(
      (answer) =>
        answer.status === 'rejected' &&
        (answer.reason as NodeJS.ErrnoException).code === 'ETIMEOUT',
    );
    // The system would ask the same silent name server, and block a thread meanwhile.
    if (silent?.status === 'rejected') throw silent.reason;
    return lookupBySystem(hostname);
  };
}

function createSystemLookup(): Lookup {
  let running = 0;
  const waiting: (() => void)[] = [];

  return async (hostname) => {
    if (running >= systemLookups) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return (await dns.lookup(hostname, { all: true })).map(({ address }) => address);
    } finally {
      // Whoever waits longest takes over this place, so `running` stays.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
