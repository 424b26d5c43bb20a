import type { FontSet } from '../pdf/text';
import { scriptOf } from '../pdf/text/script';
import { type CatalogueFont, FONT_CATALOGUE } from './catalogue';

/** Letters that a sentence shows; it counts the others. */
const SHOWN = 12;

/**
 * What the PDF cannot draw of a text, or of all texts in a value, in sentences that say what to do:
 * `The PDF cannot draw 履 歴 (Han): run "careerhooks fonts add japanese"`. None where it draws all.
 */
export function tellMissing(value: unknown, fonts: FontSet): string[] {
  const letters = new Set(textsIn(value).flatMap((text) => fonts.missing(text)));
  const groups = new Map<string, string[]>();
  for (const letter of letters) {
    const group = groupOf(letter);
    const members = groups.get(group) ?? [];
    members.push(letter);
    groups.set(group, members);
  }
  return [...groups].map(([group, members]) => sentence(group, members, fonts, [...groups.keys()]));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

const EMOJI = 'emoji';
const SIGNS = 'signs';

function groupOf(letter: string): string {
  if (/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(letter)) return EMOJI;
  return scriptOf(letter) ?? SIGNS;
}

function sentence(
  group: string,
  letters: readonly string[],
  fonts: FontSet,
  groups: readonly string[],
): string {
  const shown = letters.slice(0, SHOWN).join(' ');
  const more = letters.length > SHOWN ? ` and ${letters.length - SHOWN} more` : '';
  if (group === EMOJI) return `The PDF leaves out ${shown}${more} (emoji)`;
  const what = `The PDF cannot draw ${shown}${more}${group === SIGNS ? '' : ` (${group.replaceAll('_', ' ')})`}`;
  const font = fontFor(group, fonts, groups);
  return font === undefined
    ? `${what}: put a font that has ${letters.length === 1 ? 'it' : 'them'} into the folder of CV_FONTS`
    : `${what}: run "careerhooks fonts add ${font.name}"`;
}

/** The font of the catalogue for a script; for Chinese characters, that of the language around them. */
function fontFor(
  script: string,
  fonts: FontSet,
  scripts: readonly string[],
): CatalogueFont | undefined {
  const fitting = FONT_CATALOGUE.filter(
    (font) => font.scripts.includes(script) && !fonts.families.includes(font.family),
  );
  if (script !== 'Han') return fitting[0];
  const { language, script: form } = new Intl.Locale(fonts.lang).maximize();
  const wanted =
    language === 'ja' || scripts.some((other) => other === 'Hiragana' || other === 'Katakana')
      ? 'japanese'
      : language === 'ko' || scripts.includes('Hangul')
        ? 'korean'
        : form === 'Hant'
          ? 'chinese-traditional'
          : 'chinese-simplified';
  return fitting.find(({ name }) => name === wanted) ?? fitting[0];
}
