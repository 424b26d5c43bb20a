import { loadFonts, tellMissing } from '@careerhooks/cv';

const tell = (value: unknown, lang = 'en'): string[] => tellMissing(value, loadFonts({ lang }));

test('says nothing where all can be drawn', () => {
  expect(tell({ name: 'Nguyễn Пётр', list: [{ years: 3, note: null }, '★ → €'] })).toEqual([]);
});

test.each([
  ['en', '履歴書', 'chinese-simplified'],
  ['en', '履歴書です', 'japanese'],
  ['ja', '履歴書', 'japanese'],
  ['zh-Hant', '履歷表', 'chinese-traditional'],
  ['zh-TW', '履歷表', 'chinese-traditional'],
  ['ko', '履歷書', 'korean'],
])('names the font for Chinese characters: %s %s', (lang, text, font) => {
  const [sentence] = tell({ name: text }, lang);
  expect(sentence).toBe(
    `The PDF cannot draw ${Array.from(text)
      .filter((letter) => /\p{Script=Han}/u.test(letter))
      .join(' ')} (Han): run "careerhooks fonts add ${font}"`,
  );
});

test('names each script and each letter once, in the value’s texts', () => {
  expect(tell({ a: 'தமிழ்', b: ['தமிழ்', { c: 'ไทย' }], d: 'launch 🚀' })).toEqual([
    'The PDF cannot draw த மி ழ் (Tamil): run "careerhooks fonts add tamil"',
    'The PDF cannot draw ไ ท ย (Thai): run "careerhooks fonts add thai"',
    'The PDF leaves out 🚀 (emoji)',
  ]);
});

test('says what to do about letters of which no font is known', () => {
  expect(tell('ᠮᠣᠩ')).toEqual([
    'The PDF cannot draw ᠮ ᠣ ᠩ (Mongolian): put a font that has them into the folder of CV_FONTS',
  ]);
});

test('counts letters that are too many to show', () => {
  const [sentence] = tell('一二三四五六七八九十百千万億');
  expect(sentence).toContain('千 and 2 more (Han)');
});
