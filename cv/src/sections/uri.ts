import { domainToUnicode } from 'node:url';
import { parseUrl } from '@careerhooks/egress';

/** A URI's characters (RFC 3986, section 2), with a percent sign only before two hexadecimal digits. */
const URI = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\dA-F]{2})*$/i;

/** What the URL parser leaves in a path or a query, and a URI has only as an octet. */
const OUTSIDE = /[^\w\-.~:/?#@!$&'()*+,;=%]|%(?![\dA-F]{2})/gi;

/**
 * A URL as a URI, which is what schemas and links demand: `https://bücher.example/ü` becomes
 * `https://xn--bcher-kva.example/%C3%BC`. One that is a URI stays as it is written.
 */
export function toUri(text: string): string {
  const isOne = URI.test(text) && !/[[\]]/.test(text);
  const url = parseUrl(text);
  if (isOne || url === undefined) return text;
  const { origin, username, password, href } = url;
  // Brackets are an IPv6 address's alone.
  if (username !== '' || password !== '') return href.replace(OUTSIDE, encodeURIComponent);
  return origin + href.slice(origin.length).replace(OUTSIDE, encodeURIComponent);
}

/** A URI as people read it: letters beyond ASCII in its host and in its path are themselves. */
function readableUri(uri: string): string {
  const host = parseUrl(uri)?.hostname ?? '';
  const shown = /(^|\.)xn--/.test(host) ? uri.replace(host, domainToUnicode(host) || host) : uri;
  return shown.replace(/(?:%[89A-F][\dA-F])+/gi, (octets) => {
    try {
      const text = decodeURIComponent(octets);
      return /^[\p{L}\p{M}\p{N}]+$/u.test(text) ? text : octets;
    } catch {
      return octets;
    }
  });
}

/** An address on the web as people write it: in full, but for the scheme and a slash at its end. */
export function shownAddress(uri: string): string {
  return readableUri(uri)
    .replace(/^https?:\/\//i, '')
    .replace(/^([^/?#]*)\/$/, '$1');
}
