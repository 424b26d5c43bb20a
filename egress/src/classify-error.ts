import { EgressError, type EgressErrorCode, type IncompleteAnswer } from './errors';

/** Codes of node and undici, and what they mean for a request. */
const meanings: Readonly<Record<string, EgressErrorCode>> = {
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
  ECONNABORTED: 'connection_reset',
  EPIPE: 'connection_reset',
  EHOSTUNREACH: 'host_unreachable',
  EHOSTDOWN: 'host_unreachable',
  ENETUNREACH: 'host_unreachable',
  ENETDOWN: 'host_unreachable',
  EADDRNOTAVAIL: 'host_unreachable',
  EACCES: 'host_unreachable',
  EPERM: 'host_unreachable',
  ETIMEDOUT: 'connect_timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
  UND_ERR_HEADERS_OVERFLOW: 'bad_answer',
  UND_ERR_DESTROYED: 'client_closed',
  UND_ERR_CLOSED: 'client_closed',
  EPROTO: 'tls_failed',
};

// OpenSSL's names for what is wrong with a certificate (node:tls, "X509 certificate error codes").
const certificate =
  /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_CERT|ERROR_IN_CRL|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_MISMATCH)/;

/** Turns what node or undici reported into the error that callers know. */
export function classifyError(
  error: unknown,
  { target, answer }: { target: string; answer: IncompleteAnswer | undefined },
): EgressError {
  if (error instanceof EgressError) return error;
  const { code } = error as { code?: unknown };
  return new EgressError(meaningOf(error as Partial<NodeJS.ErrnoException>, answer?.status), {
    target,
    // A code is a constant of the platform. Messages are not passed on: they may quote the answer.
    ...(typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? { reason: code } : {}),
    ...(answer === undefined ? {} : { answer }),
  });
}

function meaningOf(
  { name, code = '', message = '' }: Partial<NodeJS.ErrnoException>,
  status: number | undefined,
): EgressErrorCode {
  const known = Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  if (known) return known;
  if (code === 'UND_ERR_SOCKET') {
    // An answer that nobody asked for, or an unwanted upgrade.
    return message.startsWith('bad ') ? 'bad_answer' : 'connection_reset';
  }
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    // After the headers: the connection ended with part of the body missing. Before: two lengths.
    return status === undefined ? 'bad_answer' : 'connection_reset';
  }
  if (name === 'HTTPParserError') {
    // Errors of the parser have no code in undici 7: it looks the name up in a table of numbers.
    return message.includes('Invalid EOF state') ? 'connection_reset' : 'bad_answer';
  }
  if (/^ERR_(TLS|SSL|OSSL)_/.test(code) || certificate.test(code)) return 'tls_failed';
  return 'request_failed';
}
