import type { SmtpServer } from '@careerhooks/cv';
import { asciiDomain, parseUrl } from '@careerhooks/egress';

const PARAMETERS = ['from', 'tls'];
const PORTS: Record<string, number> = { 'smtp:': 587, 'smtps:': 465 };
const ENCODE = 'percent-encode what is special in user and password, such as @ : / ? #';

/**
 * Reads `smtp://user:password@host:587?from=sender@example.com` or `smtps://…`. With `smtp:` a
 * login needs STARTTLS, unless `?tls=off`; without a login it is used where the server offers it,
 * unless `?tls=required` or `?tls=off`. A plus sign is one (RFC 3986).
 *
 * @throws RangeError which says what is wrong, and shows neither user nor password.
 */
export function readSmtpUrl(text: string): SmtpServer {
  const url = parseUrl(text);
  const port = PORTS[url?.protocol ?? ''];
  if (url === undefined || port === undefined || url.hostname === '' || url.port === '0') {
    throw new RangeError(`must be smtp://user:password@host:587 or smtps://…; ${ENCODE}`);
  }
  if (url.hash !== '' || !['', '/'].includes(url.pathname)) {
    throw new RangeError(`must end with the host, the port or ?from=…; ${ENCODE}`);
  }
  const parameters = readParameters(url);
  const login = readLogin(url);
  return {
    host: readHost(url.hostname),
    port: url.port === '' ? port : Number(url.port),
    tls: chooseTls(url.protocol === 'smtps:', login !== undefined, parameters.get('tls')),
    login,
    from: readSender(parameters.get('from'), login?.user),
  };
}

/** The name in A-labels, or the address. The URL parser leaves a name under `smtp:` percent-encoded. */
function readHost(hostname: string): string {
  if (hostname.startsWith('[')) return hostname.slice(1, -1);
  const name = asciiDomain(decode(hostname, 'the host'));
  if (name === '') throw new RangeError(`must have a host name or an address; ${ENCODE}`);
  return name;
}

function readParameters(url: URL): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of url.search.slice(1).split('&')) {
    if (part === '') continue;
    const [name = '', ...rest] = part.split('=');
    if (!PARAMETERS.includes(name)) {
      // With an @ behind it, the question mark may be the password's own.
      const shown = url.search.includes('@') ? '' : `: ${name.slice(0, 40)} is not known`;
      throw new RangeError(`may have the parameters from and tls alone${shown}; ${ENCODE}`);
    }
    if (parameters.has(name)) throw new RangeError(`must have the parameter ${name} only once`);
    parameters.set(name, decode(rest.join('='), `the parameter ${name}`));
  }
  return parameters;
}

function readLogin({ username, password }: URL): SmtpServer['login'] {
  if (username === '' && password === '') return undefined;
  if (username === '' || password === '') {
    throw new RangeError('must have user and password, or neither; ?from= names the sender');
  }
  return { user: decode(username, 'the user'), password: decode(password, 'the password') };
}

function chooseTls(
  implicit: boolean,
  withLogin: boolean,
  wanted: string | undefined,
): SmtpServer['tls'] {
  if (wanted !== undefined && wanted !== 'off' && wanted !== 'required') {
    throw new RangeError('must have tls=required or tls=off, if it has tls at all');
  }
  if (implicit) {
    if (wanted === 'off') throw new RangeError('must not be smtps:// with tls=off');
    return 'implicit';
  }
  return wanted ?? (withLogin ? 'required' : 'offered');
}

/** The sender that is named, or the account that sends, where it is an address. */
function readSender(from: string | undefined, user: string | undefined): string | undefined {
  if (from === undefined) return user?.includes('@') === true ? user : undefined;
  if (/^[^\p{Cc}@]+@[^\p{Cc}@]+$/u.test(from)) return from;
  throw new RangeError('must have an e-mail address in from');
}

function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RangeError(`must have ${what} percent-encoded: a percent sign is %25`);
  }
}
