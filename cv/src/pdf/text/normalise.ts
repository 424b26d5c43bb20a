/** Blanks of any width, tabs included. Two of them, and U+2007, forbid a line's end beside them. */
const BLANK = /[\t\v\f\u0020\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]/gu;
const FIXED_BLANK = /[\u00a0\u2007\u202f]/gu;

/** Never drawn, and of no use to who reads: controls, soft hyphens, byte order marks, tags, halves of pairs, what is no character. */
const NOTHING =
  /(?![\t\n\v\f\r\u0085])\p{Cc}|\p{Surrogate}|\p{Noncharacter_Code_Point}|[\u00ad\u180e\ufeff\ufff9-\ufffb\u{e0001}-\u{e007f}]|\u034f/gu;

const LINE_END = /\r\n?|[\u0085\u2028\u2029]/gu;

/** Presentation selectors: a text in one colour has only one of the two forms. */
const PRESENTATION = /[\ufe00-\ufe0f](?<!\p{Script=Han}[\ufe00-\ufe0f])/gu;

/**
 * `text` as it is drawn: composed (NFC), its blanks one plain blank each, soft hyphens and controls gone.
 * A no-break space stays one, since lines are broken after this; `plainBlanks` ends that.
 */
export function normalise(text: string): string {
  return text
    .normalize('NFC')
    .replace(LINE_END, '\n')
    .replace(NOTHING, '')
    .replace(PRESENTATION, '')
    .replace(FIXED_BLANK, '\u00a0')
    .replace(BLANK, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

/** What has done its work once lines are broken and ordered: direction marks, and places to break or not to. */
const CONTROL = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f]/gu;

/** A part of a line as its fonts get it: no-break spaces are blanks, direction marks are gone. */
export function plainBlanks(text: string): string {
  return text.replace(/\u00a0/g, ' ').replace(CONTROL, '');
}
