import fc from 'fast-check';
import { checkJson } from '../../../../server/src/limits/check-json';
import { Problem } from '../../../../server/src/problems/problem';

function verdict(value: unknown): string {
  try {
    checkJson(value);
    return 'taken';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

test('takes whatever JSON is nested moderately, and leaves it as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 20, noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!text.includes('__proto__'));
      const parsed = JSON.parse(text) as unknown;
      expect(verdict(parsed)).toBe('taken');
      expect(JSON.stringify(parsed)).toBe(text);
    }),
  );
});

test('refuses a key __proto__ wherever it is, and no text of that name', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant('array'), fc.string())), (path) => {
      const wrap = (inner: string): string =>
        path
          .filter((name) => name !== '__proto__')
          .slice(0, 30)
          .reduce(
            (text, name) =>
              name === 'array' ? `[1,${text}]` : `{${JSON.stringify(name)}:${text}}`,
            inner,
          );
      expect(verdict(JSON.parse(wrap('{"__proto__":1}')))).toBe('unacceptable_json');
      expect(verdict(JSON.parse(wrap('"__proto__"')))).toBe('taken');
    }),
  );
});

test.each([
  [64, 'taken'],
  [65, 'unacceptable_json'],
  [1_000_000, 'unacceptable_json'],
])('%i levels are %s', (depth, expected) => {
  expect(verdict(JSON.parse('['.repeat(depth) + ']'.repeat(depth)))).toBe(expected);
});
