/** `+0000` and `+00`, as ISO 8601 has offsets and some clients send them, behind a time of day. */
const OFFSET = /(T.*[+-]\d\d):?(\d\d)?$/;

/** A time whose offset is written as RFC 3339 has it, `+00:00`; what has no offset, or is no text, as it is. */
export function normaliseOffset(time: unknown): unknown {
  if (typeof time !== 'string') return time;
  return time.replace(OFFSET, (_, start: string, minutes = '00') => `${start}:${minutes}`);
}
