import { type JsonParts, JsonText } from './json-text';

/** As `JSON.stringify`, with each {@link JsonText} in its place as it stands. */
export function encodeJson(value: JsonParts): string {
  if (value instanceof JsonText) return value.text;
  if (Array.isArray(value)) return `[${value.map(encodeJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${encodeJson(member)}`,
  );
  return `{${members.join(',')}}`;
}
