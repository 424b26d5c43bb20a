import { parseUrl } from '@careerhooks/egress';
import type { Destination } from './destination';
import { destinations } from './registry';

/**
 * The destination that a URL is of, by its scheme. What is no URL, or has a scheme that nobody has, is
 * given to the first one, which says what is wrong with it.
 */
export function destinationOf(url: string): Destination {
  const scheme = parseUrl(url)?.protocol ?? '';
  return destinations.find(({ schemes }) => schemes.includes(scheme)) ?? destinations[0];
}
