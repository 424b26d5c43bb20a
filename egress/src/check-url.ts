import { isIP } from 'node:net';

import { permitsAddress } from './check-address';
import { EgressError } from './errors';
import { parseUrl } from './parse-url';
import type { EgressPolicy } from './policy';
import { isLocalhost, loopbackAddresses } from './resolve-name';

/**
 * Checks all that a URL shows before its name is resolved, and returns it parsed. Good for
 * refusing an endpoint at registration; it does not replace the guard at connect time, which sees
 * what the name resolves to.
 *
 * The host is judged as the WHATWG parser normalises it, which is what gets connected to:
 * `2130706433`, `0x7f.1`, `0177.0.0.1` and full-width digits all arrive here as `127.0.0.1`.
 *
 * @throws {EgressError} `invalid_url`, `url_scheme`, `url_credentials`, `url_port`,
 *   `private_address`.
 */
export function checkUrl(url: string, policy: EgressPolicy): URL {
  const parsed = parseUrl(url);
  if (parsed === undefined) throw new EgressError('invalid_url');

  if (parsed.protocol !== 'https:' && (policy.httpsOnly || parsed.protocol !== 'http:')) {
    throw new EgressError('url_scheme', {
      reason: policy.httpsOnly ? 'it must be https' : 'it must be https or http',
    });
  }
  if (EMPTY_LABEL.test(parsed.hostname)) throw new EgressError('invalid_url');
  const target = targetOf(parsed);
  // Credentials would end up in logs and screens as part of the URL, and receivers could not tell
  // who set the Authorization header.
  if (parsed.username !== '' || parsed.password !== '') {
    throw new EgressError('url_credentials', { target });
  }
  if (parsed.port === '0') throw new EgressError('url_port', { target });

  if (!literalAddresses(parsed).every((address) => permitsAddress(address, policy))) {
    throw new EgressError('private_address', { target });
  }
  return parsed;
}

/** Only the last label of a name, the root, may be empty (RFC 1034, 3.1); the URL parser takes any. */
const EMPTY_LABEL = /^\.|\.\./;

/** `host:port` of a URL: as much of it as an error message may show. */
export function targetOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

/** The addresses that a host stands for without any resolution. */
function literalAddresses({ hostname }: URL): readonly string[] {
  if (isLocalhost(hostname)) return loopbackAddresses;
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) === 0 ? [] : [address];
}
