import { destinationOf, destinations } from '@careerhooks/destinations';
import type { Endpoint } from '@careerhooks/store';

/** What its destination shows of an endpoint, and what all others show of one that is not theirs. */
export function presentDestination({
  url,
  settingsSealed,
}: Pick<Endpoint, 'url' | 'settingsSealed'>): object {
  const own = destinationOf(url);
  const endpoint = { url, hasSettings: settingsSealed !== null };
  const fields = destinations.map((each) => each.show(each === own ? endpoint : undefined));
  return Object.assign({}, ...fields) as object;
}
