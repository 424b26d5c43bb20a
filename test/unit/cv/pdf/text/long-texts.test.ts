import { loadFonts } from '@careerhooks/cv';
import { breakLines } from '../../../../../cv/src/pdf/text/lines';
import { createParagraph } from '../../../../../cv/src/pdf/text/paragraph';
import { assignText } from '../../../../../cv/src/pdf/text/assign-text';

// Ten times as long as a text may be, so that time which grows with the square of the length is longer than a test may take.

test('the characters of 400,000 glyphs are found', () => {
  const text = 'a'.repeat(400_000);
  const glyphs = Array.from(text, () => ({ codePoints: [0x61], wide: true }));
  expect(assignText(text, glyphs).join('')).toBe(text);
});

test('lines of 400,000 hyphens between letters are broken', () => {
  const text = 'a-'.repeat(400_000);
  const lines = breakLines(text, 100, (start, end) => end - start);
  expect(lines.at(-1)?.end).toBe(text.length);
  expect(lines.every(({ start, end }) => end - start <= 100)).toBe(true);
});

test.each([
  ['that match', '(', ')'],
  ['that do not', '(', ']'],
])('200,000 brackets in Hebrew %s are laid out', (_, open, close) => {
  const text = `א${open.repeat(100_000)}${close.repeat(100_000)}`;
  const paragraph = createParagraph(text, loadFonts({ lang: 'en' }), 'regular');
  const runs = paragraph.runs({ start: 0, end: text.length });
  expect(runs.map((run) => run.text).join('')).toHaveLength(text.length);
});
