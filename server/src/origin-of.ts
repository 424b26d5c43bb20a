import type { Request } from 'express';

/** A name or an address, with or without a port, and nothing else that a Host header could hold. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Where the client that asks reaches us, as it says itself, or as a proxy says that is trusted; undefined
 * where it says nothing that could be. Only this client gets it: no answer is cached.
 */
export function originOf(request: Request): string | undefined {
  // Express has it without a port from nobody: undefined where there is no Host header.
  const host = request.host as string | undefined;
  if (host === undefined || !HOST.test(host)) return undefined;
  return `${request.secure ? 'https' : 'http'}://${host}`;
}
