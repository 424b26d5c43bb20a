/** Scripts by their Unicode names; what is of none of them, or of several, has none. */
const SCRIPTS = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Bopomofo',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Tibetan',
  'Georgian',
  'Armenian',
  'Ethiopic',
  'Cherokee',
  'Canadian_Aboriginal',
  'Mongolian',
  'Syriac',
  'Thaana',
  'Nko',
  'Tifinagh',
  'Javanese',
  'Balinese',
  'Adlam',
  'Ol_Chiki',
  'Meetei_Mayek',
] as const;

const tests = SCRIPTS.map((script) => ({ script, test: new RegExp(`\\p{Script=${script}}`, 'u') }));
const known = new Map<string, string | undefined>();

/** UTF-16 units: longer ones are not kept. */
const KEPT = 8;

/** The script of a letter: `Han`; undefined for digits, signs and blanks. */
export function scriptOf(letter: string): string | undefined {
  if (known.has(letter)) return known.get(letter);
  const script = tests
    .map(({ script, test }) => ({ script, index: letter.search(test) }))
    .filter(({ index }) => index >= 0)
    .sort((one, other) => one.index - other.index)[0]?.script;
  if (letter.length <= KEPT) known.set(letter, script);
  return script;
}
