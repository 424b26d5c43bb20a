import { uuidv7 } from 'uuidv7';

/** A UUIDv7 (RFC 9562): ids sort by the time at which they were made. */
export function newId(): string {
  return uuidv7();
}

/** No id that `newId` made at `time` (Unix milliseconds) or later is less. */
export function firstIdAt(time: number): string {
  const digits = Math.max(0, Math.floor(time)).toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}

/** A UUIDv7 without dashes behind a prefix that says what it names: `ep_0192…`. */
export function newPrefixedId(prefix: 'ep' | 'evt' | 'inv' | 'key'): string {
  return `${prefix}_${uuidv7().replaceAll('-', '')}`;
}
