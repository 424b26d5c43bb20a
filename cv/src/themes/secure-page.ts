/**
 * All that a page of a theme may do: show its own styles, and those, fonts and pictures of other hosts
 * by HTTPS, which most themes have. Its links lead elsewhere; scripts, frames and forms do nothing.
 */
const LOADS = [
  "default-src 'none'",
  "style-src 'unsafe-inline' https:",
  'font-src https: data:',
  'img-src https: data:',
  "base-uri 'none'",
  "form-action 'none'",
];

/** The header for it; `sandbox` and `frame-ancestors` work in a header alone. */
export const THEME_POLICY = [
  ...LOADS,
  "frame-ancestors 'none'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

/** In the page, too, for whoever saves it and opens the file. */
const META = `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${LOADS.join('; ')}"><meta name="referrer" content="no-referrer">`;

/** With the comments, and XML's declaration, that may stand before it. */
const DOCTYPE = /^\uFEFF?\s*(?:<!--(?:[^-]|-(?!->))*-->\s*|<\?[^>]*>\s*)*<!doctype[^>]*>/i;

/** The page with its policy in front of all that it loads. */
export function securePage(page: string): string {
  const [doctype = ''] = DOCTYPE.exec(page) ?? [];
  return `${doctype}${META}${page.slice(doctype.length)}`;
}
