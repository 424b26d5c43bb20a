import { assignText } from '../../../../../cv/src/pdf/text/assign-text';

const glyph = (text: string, wide = true) => ({
  codePoints: Array.from(text, (character) => character.codePointAt(0) ?? 0),
  wide,
});

test.each([
  ['a glyph for each', 'abc', [glyph('a'), glyph('b'), glyph('c')], ['a', 'b', 'c']],
  [
    'a ligature',
    'office',
    [glyph('o'), glyph('ffi'), glyph('c'), glyph('e')],
    ['o', 'ffi', 'c', 'e'],
  ],
  ['a vowel sign before its consonant', 'कि', [glyph('ि'), glyph('क')], ['क', 'ि']],
  ['a mark apart', 'ị', [glyph('i'), glyph('\u0323', false)], ['ị', '']],
  [
    'a letter that the font takes apart, beside one that is its part',
    'أدا',
    [glyph('أ'), glyph('', false), glyph('د'), glyph('ا')],
    ['أ', '', 'د', 'ا'],
  ],
  [
    'a letter whose wide part comes last',
    'ชำระ',
    [glyph('ช'), glyph('ำ', false), glyph(''), glyph('ร'), glyph('ะ')],
    ['ช', '', 'ำ', 'ร', 'ะ'],
  ],
  [
    'a tone that is drawn above the part of a letter behind it',
    'น้ำ',
    [glyph('น'), glyph('\u0e4d', false), glyph('้', false), glyph('า')],
    ['น', '', '', '้ำ'],
  ],
  ['a vowel in two signs', 'கொ', [glyph('ெ'), glyph('க'), glyph('ா')], ['க', 'ெ', 'ா']],
  [
    'a sign of one letter that another has, too',
    'கொமா',
    [glyph('ெ'), glyph('க'), glyph('ா'), glyph('ம'), glyph('ா')],
    ['க', 'ெ', 'ா', 'ம', 'ா'],
  ],
  [
    'a joiner that is not drawn',
    'می\u200cخ',
    [glyph('م'), glyph('ی'), glyph('خ')],
    ['م', 'ی\u200c', 'خ'],
  ],
])('shares characters out among glyphs: %s', (_title, text, glyphs, texts) => {
  expect(assignText(text, glyphs)).toEqual(texts);
});
