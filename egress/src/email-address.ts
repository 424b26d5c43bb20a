import { domainToASCII } from 'node:url';

/** A character of RFC 5321's dot-atom, or one that SMTPUTF8 adds to it (RFC 6531). */
const ATEXT = String.raw`(?:[\w!#$%&'*+/=?^\x60{|}~\-]|[^\p{ASCII}\p{C}\p{Z}])`;
const LOCAL_PART = new RegExp(`^${ATEXT}+(\\.${ATEXT}+)*$`, 'u');

/** Labels as DNS has them, in ASCII; at least two, of which the last is no number. */
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/** What the URL parser, which maps a domain to ASCII, leaves out or reads as something else. */
const NOT_OF_DOMAINS = /[\p{C}\p{Z}%/\\?#@:[\]<>^|]/u;

/**
 * Whether a text is an e-mail address, in any script: `owner@example.com`, `josé@example.com`,
 * `owner@bücher.example`. Quoted local parts and addresses in brackets are none.
 */
export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const domain = asciiDomain(text.slice(at + 1));
  return (
    LOCAL_PART.test(local) &&
    Buffer.byteLength(local) <= 64 &&
    DOMAIN.test(domain) &&
    domain.length <= 253
  );
}

/** A domain in any script as DNS has it, with A-labels (`xn--…`); empty where it is none. */
export function asciiDomain(domain: string): string {
  return NOT_OF_DOMAINS.test(domain) ? '' : domainToASCII(domain);
}
