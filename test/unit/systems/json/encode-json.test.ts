import fc from 'fast-check';
import { encodeJson, isEncoded, JsonText } from '@careerhooks/systems';
import { encodedBytes } from '../../../../systems/src/json/encode-json';

test('what has no text in it is written as JSON.stringify does', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value);
      expect(encodeJson(value as never)).toBe(text);
      expect(isEncoded(text, value as never)).toBe(true);
      expect(encodedBytes(value as never)).toBe(Buffer.byteLength(text));
    }),
  );
});

test('a text stands in its place as it is', () => {
  const value = { a: [new JsonText('{"n":1.0}'), 1], '"': {}, b: [] };
  const text = '{"a":[{"n":1.0},1],"\\"":{},"b":[]}';
  expect(encodeJson(value)).toBe(text);
  expect(isEncoded(text, value)).toBe(true);
  expect(encodedBytes(value)).toBe(text.length);
  for (const other of ['', `${text} `, text.slice(0, -1), text.replace('1.0', '1.1')]) {
    expect(isEncoded(other, value)).toBe(false);
  }
});
