import { parseUrl } from '@careerhooks/egress';
import { shownAddress } from '../../sections/uri';
import type { Item } from './content';

/** An address on the web that is shown, and leads there. */
export function webItem(url: string, text = shownAddress(url)): Item {
  const link = linkTo(url);
  const says = text === shownAddress(url) ? url : `${text}: ${url}`;
  return link === undefined ? { text } : { text, link: { url: link, says } };
}

export function mailItem(address: string): Item {
  const at = address.lastIndexOf('@');
  const [user, host] = [address.slice(0, at), address.slice(at + 1)];
  const url = `mailto:${encodeURIComponent(user.toWellFormed())}@${asciiHost(host)}`;
  return { text: address, link: { url, says: `E-mail to ${address}` } };
}

/** A number that can be dialled is a link. */
export function phoneItem(number: string): Item {
  const [main = ''] = number.split(/\b(?:ext|x)\b/i);
  const digits = main.replace(/\(0\)/, '').replace(/[^\d+]/g, '');
  if (!/^\+?\d{3,15}$/.test(digits)) return { text: number };
  return { text: number, link: { url: `tel:${digits}`, says: `Call ${number}` } };
}

/** Addresses in a PDF are ASCII. */
function asciiHost(host: string): string {
  return linkTo(`http://${host}`)?.slice('http://'.length).replace(/\/$/, '') ?? host;
}

function linkTo(url: string): string | undefined {
  return parseUrl(url)?.href;
}
