import { uuidv7 } from 'uuidv7';

/** A UUIDv7 (RFC 9562): ids sort by the time at which they were made. */
export function newId(): string {
  return uuidv7();
}

/** A UUIDv7 without dashes behind a prefix that says what it names: `ep_0192…`. */
export function newPrefixedId(prefix: 'ep' | 'evt' | 'key'): string {
  return `${prefix}_${uuidv7().replaceAll('-', '')}`;
}
