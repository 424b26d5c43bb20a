import fc from 'fast-check';
import { pageQuery, producerId, shortText, time } from '../../../../server/src/schemas/common';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.string({ unit: 'grapheme' }),
);

test('text that is let in is text that UTF-8, PostgreSQL and one line of a log can hold', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      if (!shortText(20).safeParse(text).success) return;
      const { length } = Array.from(text);
      expect(length > 0 && length <= 20).toBe(true);
      expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      for (const character of text) {
        const code = character.codePointAt(0) ?? 0;
        expect(code >= 0x20 && (code < 0x7f || code > 0x9f)).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

test.each(['é', '𝒳', 'a b', "'; drop table events; --", '%', '👩‍👩‍👧'])('%j is let in', (text) => {
  expect(shortText(40).safeParse(text).success).toBe(true);
});

test.each(['', '\0', 'a\nb', '\u007f', '\u0085', '\ud800', 'a\udc00', 'x'.repeat(41)])(
  '%j is not',
  (text) => {
    expect(shortText(40).safeParse(text).success).toBe(false);
  },
);

test('an Idempotency-Key is what a header can carry without loss, or is refused', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { success } = producerId.safeParse(text);
      expect(success).toBe(/^[!-~]{1,128}$/.test(text));
      expect(success && text.includes(' ')).toBe(false);
    }),
  );
});

test('a page is of 1 to 200 rows, whatever the query says', () => {
  const limits = fc.oneof(anyText, fc.integer().map(String), fc.double().map(String));
  fc.assert(
    fc.property(limits, anyText, (limit, cursor) => {
      const rows = pageQuery.limit.safeParse(limit);
      if (rows.success) {
        expect(Number.isInteger(rows.data)).toBe(true);
        expect(rows.data >= 1 && rows.data <= 200).toBe(true);
      }
      const after = pageQuery.cursor.safeParse(cursor);
      if (after.success) expect(Array.from(after.data ?? '').length).toBeLessThanOrEqual(100);
    }),
  );
});

test.each([
  ['2026-11-24T09:30:00Z', '2026-11-24T09:30:00Z'],
  ['2026-11-24T10:30:00.250+01:00', '2026-11-24T09:30:00.250Z'],
  ['2026-11-24T09:30:00+0000', '2026-11-24T09:30:00Z'],
  ['2026-11-24T09:30:00.5+00', '2026-11-24T09:30:00.500Z'],
  ['2026-11-24T04:00:00-0530', '2026-11-24T09:30:00Z'],
])('%s is a time', (text, utc) => {
  expect(time.parse(text)).toBe(Date.parse(utc));
});

test.each([
  '2026-11-24',
  '2026-11-24T09:30:00',
  '2026-11-24T09:30:00+0',
  '2026-11-24T09:30:00+9999',
  1,
])('%j is no time', (text) => {
  expect(time.safeParse(text).success).toBe(false);
});
