import type { Json } from './json';

/**
 * A JSON object as compact text, which is kept and sent as it stands: JavaScript's own numbers hold
 * 53 bits, and its objects put keys that look like integers first.
 */
export class JsonText {
  constructor(
    /** JSON (RFC 8259) without white space between its tokens. */
    readonly text: string,
  ) {}

  static of(value: Readonly<Record<string, unknown>>): JsonText {
    return new JsonText(JSON.stringify(value));
  }
}

/** A value that JSON can carry, parts of it as text. */
export type JsonParts = Json | JsonText | JsonParts[] | { [key: string]: JsonParts };
