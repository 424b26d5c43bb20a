import { type JsonParts, JsonText } from './json-text';

/** As `JSON.stringify`, with each {@link JsonText} in its place as it stands. */
export function encodeJson(value: JsonParts): string {
  let text = '';
  write(value, (part) => (text += part));
  return text;
}

/** How many bytes of UTF-8 `encodeJson` makes of the value, without making them. */
export function encodedBytes(value: JsonParts): number {
  let bytes = 0;
  // Each part is whole tokens, so that no character is halved between two.
  write(value, (part) => (bytes += Buffer.byteLength(part, 'utf8')));
  return bytes;
}

/** Whether this text is what `encodeJson` makes of the value, without making it. */
export function isEncoded(text: string, value: JsonParts): boolean {
  let at = 0;
  write(value, (part) => {
    // Once there is a difference, nothing matches any more.
    at = at >= 0 && text.slice(at, at + part.length) === part ? at + part.length : -1;
  });
  return at === text.length;
}

function write(value: JsonParts, add: (part: string) => void): void {
  if (value instanceof JsonText) add(value.text);
  else if (typeof value !== 'object' || value === null) add(JSON.stringify(value));
  else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      add(index === 0 ? '[' : ',');
      write(item, add);
    });
    add(value.length === 0 ? '[]' : ']');
  } else {
    const entries = Object.entries(value);
    entries.forEach(([key, member], index) => {
      add(`${index === 0 ? '{' : ','}${JSON.stringify(key)}:`);
      write(member, add);
    });
    add(entries.length === 0 ? '{}' : '}');
  }
}
