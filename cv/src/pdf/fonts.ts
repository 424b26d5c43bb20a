import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create } from 'fontkit';

/** Liberation Sans, embedded: Latin with all of its accents, Greek and Cyrillic. */
const FOLDER = join(__dirname, '../../fonts');

export const FONTS = { regular: 'regular', bold: 'bold', italic: 'italic' } as const;

const files = {
  regular: 'LiberationSans-Regular.ttf',
  bold: 'LiberationSans-Bold.ttf',
  italic: 'LiberationSans-Italic.ttf',
};

let loaded: Record<keyof typeof files, Buffer> | undefined;

/** The fonts' files, read once. */
export function fontFiles(): Record<keyof typeof files, Buffer> {
  loaded ??= {
    regular: readFileSync(join(FOLDER, files.regular)),
    bold: readFileSync(join(FOLDER, files.bold)),
    italic: readFileSync(join(FOLDER, files.italic)),
  };
  return loaded;
}

/** Emoji, and what modifies or joins the characters around it. */
const PICTURE =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\p{Cf}|\p{Mn}/u;

let known: ReadonlySet<number> | undefined;

function drawableCharacters(): ReadonlySet<number> {
  const [first, ...others] = Object.values(fontFiles()).map((file) => {
    const font = create(file);
    if (!('characterSet' in font)) throw new Error('The file holds more than one font.');
    return new Set(font.characterSet);
  });
  known ??= new Set([...(first ?? [])].filter((code) => others.every((font) => font.has(code))));
  return known;
}

/**
 * `text` in characters that the fonts can draw. What they lack is written by its compatible form
 * (full-width letters, ligatures) or without its accent; pictures such as emoji are left out; any
 * other script becomes `?`, which shows that something is missing, where a gap would not.
 */
export function toDrawable(text: string): string {
  const drawable = known ?? drawableCharacters();
  const draws = (character: string): boolean => drawable.has(character.codePointAt(0) ?? 0);
  const drawn = Array.from(text.normalize('NFC'), (character) => {
    if (character === '\n' || draws(character)) return character;
    if (/\s/u.test(character)) return ' ';
    if (PICTURE.test(character)) return '';
    const plain = character.normalize('NFKD').replace(/\p{Mn}/gu, '');
    return plain !== '' && Array.from(plain).every(draws) ? plain : '?';
  });
  return drawn.join('').replace(/ {2,}/g, ' ').trim();
}
