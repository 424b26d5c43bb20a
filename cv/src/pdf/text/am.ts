import type { Font } from 'fontkit';

/** AM and its two signs: the ring above the letter, and AA behind it. */
const AM = [
  {
    am: '\u0e33',
    ring: '\u0e4d',
    aa: '\u0e32',
    tones: /([\u0e31\u0e34-\u0e37\u0e47-\u0e4e]+)\u0e33/gu,
  },
  {
    am: '\u0eb3',
    ring: '\u0ecd',
    aa: '\u0eb2',
    tones: /([\u0eb1\u0eb4-\u0eb7\u0ebb\u0ec8-\u0ecd]+)\u0eb3/gu,
  },
];

/** Thai and Lao with the ring of AM below the tone that is written before it, which fontkit leaves above it. */
export function openAm(font: Font, text: string): string {
  return AM.reduce((opened, { ring, aa, tones }) => {
    const has = [ring, aa].every((sign) => font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0));
    return has ? opened.replace(tones, `${ring}$1${aa}`) : opened;
  }, text);
}

/** What a font, or `openAm`, makes of a character that is taken apart. */
export function partsOf(character: string): string[] {
  const isAm = AM.some(({ am }) => am === character);
  return Array.from(character.normalize(isAm ? 'NFKD' : 'NFD'));
}
