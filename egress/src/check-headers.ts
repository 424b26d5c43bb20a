import { EgressError } from './errors';

// RFC 9110: `token` for names. For values, visible characters, space, tab and obs-text: a CR or LF
// would begin a header, or a request, of the sender's choice.
const name = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const value = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Headers that frame the message or name its host. They belong to the client alone: a second
 * Content-Length or a Transfer-Encoding lets one body be read as two requests, and a Host other
 * than the URL's reaches a tenant that the URL does not name, and TLS would verify that name.
 */
const reserved: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Checks that headers can be sent as they are: valid names and values (latin1), none that belongs
 * to the client (Host, Content-Length, …), and none twice in different case.
 *
 * @throws {EgressError} `invalid_header`, naming the header and never its value.
 */
export function checkHeaders(headers: Readonly<Record<string, string>>): void {
  const seen = new Set<string>();
  for (const [header, content] of Object.entries(headers)) {
    const lowerCase = header.toLowerCase();
    if (!name.test(header)) throw invalidHeader(header, 'is not a valid name');
    if (reserved.has(lowerCase)) throw invalidHeader(header, 'is set by the client alone');
    if (seen.has(lowerCase)) throw invalidHeader(header, 'is given twice');
    if (typeof content !== 'string' || !value.test(content)) {
      throw invalidHeader(header, 'has a value with characters that no header may contain');
    }
    seen.add(lowerCase);
  }
}

function invalidHeader(header: string, reason: string): EgressError {
  return new EgressError('invalid_header', {
    reason: `${JSON.stringify(header.slice(0, 64))} ${reason}`,
  });
}
