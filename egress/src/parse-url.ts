/**
 * The URL that a text is, as the WHATWG parser reads it, or undefined.
 *
 * Without `URL.canParse`: in Node 20 and 22, once that is optimised, it says no to a URL with a letter such
 * as ü in it, and an endpoint that has worked for thousands of deliveries fails.
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
