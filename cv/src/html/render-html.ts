import { createHash } from 'node:crypto';
import type { CvDocument } from '../cv-document';
import { header } from './header';
import { markup, Markup } from './markup';
import { sections } from './sections';
import { STYLE } from './style';

/**
 * The CV as a page for people: one file of HTML with its style in it, without a script, that marks up
 * the person and the positions as h-resume.
 *
 * @param lang the language that the CV is written in, as BCP 47 has it.
 */
export function renderHtml(cv: CvDocument, lang = 'en'): string {
  const { name = 'Curriculum Vitae', title, summary } = cv.personalInfo;
  const page = markup`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="CareerHooks" />
        ${summary !== undefined && markup`<meta name="description" content="${short(summary)}" />`}
        <title>${title === undefined ? name : `${name} – ${title}`}</title>
        <style>${new Markup(STYLE)}</style>
      </head>
      <body>
        <main class="h-resume">${header(cv)} ${sections(cv)}</main>
      </body>
    </html>
`;
  // The templates' own indentation, which no text has: its lines are lines in HTML.
  return page.html.replace(/\n\s*/g, '\n');
}

/** All that the page may do when it is served: show its own style, and the person's picture. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src https: http: data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 160 ? line : `${line.slice(0, 159)}…`;
}
