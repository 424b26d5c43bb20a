import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import PDFDocument from 'pdfkit';
import { createWriter, type FontSet, loadFonts, type Style } from '../../../../../cv/src/pdf/text';
import { forLayout } from '../../../../../cv/src/pdf/text/shape';
import { drawTexts } from '../../../../support/draw-texts';
import { readPdf } from '../../../../support/pdf-content';

const fonts = loadFonts({ lang: 'en' });

/** What pdf.js reads of texts that were drawn below each other. */
async function read(texts: readonly string[]): Promise<string[]> {
  const { pages } = readPdf(await drawTexts(texts, fonts));
  return pages.join('\n').split('\n');
}

function linesOf(text: string, width: number): number {
  return createWriter(new PDFDocument(), fonts).measure(text, { size: 12, width }).lines;
}

/** Liberation Sans, which has one glyph for - and the soft hyphen, for · and ∙, and for ⁄ and ∕. */
function sharing(): FontSet {
  const file = require.resolve('pdfjs-dist/standard_fonts/LiberationSans-Regular.ttf');
  const font = forLayout(create(readFileSync(file)) as Font);
  const face = { id: file, font, has: (code: number) => font.hasGlyphForCodePoint(code) };
  return { ...fonts, faces: () => [face] };
}

test('characters that share a glyph are read as they were written', async () => {
  const texts = ['· ∙ ⁄ ∕ - a', '∙ · ∕ ⁄', 'a-b · c'];
  const { pages } = readPdf(await drawTexts(texts, sharing()), { asWritten: true });
  expect(pages.join('').split('\n')).toEqual(texts);
});

test.each<Style>(['regular', 'bold', 'italic'])(
  'characters that look the same are read as they were written: %s',
  async (style) => {
    const texts = ['Ω µ μ A А Α - ‐ ‑ / ∕ K К', 'µ μ', 'А A Α', '‐ -'];
    const { pages } = readPdf(await drawTexts(texts, fonts, { style }), { asWritten: true });
    expect(pages.join('').split('\n')).toEqual(texts);
  },
);

test('a soft hyphen and a no-break space change no other character', async () => {
  const texts = ['Ti\u00adtle no\u00a0break', 'well-known +1-555 a-b@example.com', 'plain blanks'];
  expect(await read(texts)).toEqual(['Title no break', ...texts.slice(1)]);
});

test('blanks of any kind are plain blanks', async () => {
  expect(await read(['a\u2003b\u202fc\u3000d\te\u2007f'])).toEqual(['a b c d e f']);
});

test('a line does not end at a no-break space', () => {
  expect(linesOf('aaaa bbbb', 40)).toBe(2);
  expect(linesOf('aaaa\u00a0bbbb', 60)).toBe(1);
});

test('letters and marks are composed, and those without a composed form keep their letter', async () => {
  expect(await read(['re\u0301sume\u0301 Nguye\u0302\u0303n x\u0323\u0302 end'])).toEqual([
    'résumé Nguyễn x\u0323\u0302 end',
  ]);
});

test('syllables with marks begin a line and a word where they were written', async () => {
  const texts = ['अनुभव', 'ज्ञान श्री क्षेत्र कुछ', 'हिन्दी'];
  expect(await read(texts)).toEqual(texts);
});

test('ligatures are read as their letters', async () => {
  expect(await read(['Office staff, first flat, affluent'])).toEqual([
    'Office staff, first flat, affluent',
  ]);
});

test('names and signs of Latin, Greek and Cyrillic are drawn', async () => {
  const texts = [
    'Nguyễn Thị Phượng, Đặng Ẫ ộ ỡ ữ',
    'Қазақстан Љубиша Ђорђе Ћ ґ є ї Ҩ',
    'Ἀθήνα ᾳ ῷ Ὀδυσσεύς',
    '₹ ₴ ₺ ₽ € ₿ → ≥ × • – ★ ✓',
  ];
  expect(fonts.missing(texts.join(' '))).toEqual([]);
  expect(await read(texts)).toEqual(texts);
});

test.each([
  ['Latin Extended Additional', 0x1e00, 0x1eff],
  ['Cyrillic and its supplement', 0x0400, 0x052f],
  ['Greek, polytonic', 0x1f00, 0x1fff],
  ['Currency signs', 0x20a0, 0x20bf],
])('%s is drawn whole', (_block, first, last) => {
  const letters = Array.from({ length: last - first + 1 }, (_, index) =>
    String.fromCodePoint(first + index),
  ).filter((letter) => !/\p{Cn}/u.test(letter));
  expect(fonts.missing(letters.join(' '))).toEqual([]);
});

test('text from right to left is read in its order', async () => {
  const texts = [
    'محمد بن عبد الله – مهندس',
    'דוד בן־גוריון (Tel Aviv) 2018',
    'at شركة الاتصالات in 2018',
  ];
  const [arabic, hebrew, mixed] = await read(texts);
  expect(arabic).toBe('محمد بن عبد الله – مهندس');
  expect(hebrew).toMatch(/^2018 \(Tel Aviv\) דוד בן־גוריון$/);
  expect(mixed).toBe('at شركة الاتصالات in 2018');
});

test('a letter that no font has is told, drawn as a box, and read as itself', async () => {
  expect(fonts.missing('履歴書 of Alex 🚀')).toEqual(['履', '歴', '書', '🚀']);
  expect(await read(['履歴書 of 🚀 Alex'])).toEqual(['履歴書 of Alex']);
});

test('compatible forms are drawn by the letters that they stand for', async () => {
  expect(fonts.missing('ＡＢ')).toEqual([]);
  expect(await read(['ＡＢ１'])).toEqual(['AB1']);
});

test('Chinese, Japanese and Thai lines end without blanks, and not before a full stop', () => {
  expect(linesOf('履歴書履歴書', 40)).toBeGreaterThan(1);
  expect(linesOf('วิศวกรซอฟต์แวร์', 90)).toBeGreaterThan(1);
  // Three boxes, or two and a full stop with its letter.
  const width = createWriter(new PDFDocument(), fonts).measure('書書書', { size: 12 }).width;
  expect(linesOf('書書書。', width)).toBe(2);
});

test('a word that is wider than its line is broken', async () => {
  const address = `https://example.com/${'a'.repeat(200)}`;
  expect(linesOf(address, 100)).toBeGreaterThan(5);
  expect((await read([address])).join('')).toBe(address);
});

test('measures what it draws', () => {
  const pdf = new PDFDocument();
  const writer = createWriter(pdf, fonts);
  const style = { size: 10, width: 120, lineGap: 2 };
  const text = 'several lines of a text that is longer than its width';
  const { height, lines, width } = writer.measure(text, style);
  expect(lines).toBeGreaterThan(1);
  expect(width).toBeLessThanOrEqual(120);
  const places: number[] = [];
  const place = (y: number): number => {
    places.push(y);
    return y;
  };
  expect(writer.draw(text, 0, 50, { ...style, place })).toBe(height);
  expect(places).toHaveLength(lines);
});
