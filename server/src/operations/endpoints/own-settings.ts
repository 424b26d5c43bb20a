import { destinationOf, destinations, type DestinationSettings } from '@careerhooks/destinations';
import { Problem } from '../../problems/problem';

/**
 * What a request gives of the settings that its destination takes beside the URL; undefined where it
 * leaves what is there. Each destination's schema has let its field through.
 *
 * Throws Problem `invalid_request` for a field of another destination, for settings that it cannot be
 * without, and for a change to a URL of another destination.
 *
 * @param currentUrl where the endpoint is that the request changes; undefined where it registers one.
 */
export function ownSettings(
  given: { url?: string | undefined },
  currentUrl: string | undefined,
): DestinationSettings | undefined {
  const url = given.url ?? currentUrl;
  if (url === undefined) return undefined;
  const own = destinationOf(url);
  if (currentUrl !== undefined && destinationOf(currentUrl) !== own) {
    throw refusal('url', `must stay the URL of a ${destinationOf(currentUrl).name}`);
  }
  const values = given as Readonly<Record<string, DestinationSettings | undefined>>;
  const { name, settings } = own;
  const other = destinations.find(
    (each) => each !== own && values[each.settings.field] !== undefined,
  );
  if (other !== undefined) {
    throw refusal(
      other.settings.field,
      `must be left out for a ${name}: it is for a ${other.name}`,
    );
  }
  const value = values[settings.field];
  if (value === undefined && settings.required && currentUrl === undefined) {
    throw refusal(settings.field, `is missing: a ${name} needs it`);
  }
  return value;
}

function refusal(path: string, message: string): Problem {
  return new Problem('invalid_request', `${path} ${message}.`, [{ path, message }]);
}
