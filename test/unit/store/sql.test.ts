import fc from 'fast-check';
import { jsonParameter } from '../../../store/src/sql';

describe('jsonParameter', () => {
  const parse = (rows: { text: string }[]) => JSON.parse(jsonParameter(rows)) as typeof rows;

  test('replaces what PostgreSQL refuses in text', () => {
    expect(parse([{ text: 'a\u0000b\ud800c\udfff' }])).toEqual([{ text: 'a\ufffdb\ufffdc\ufffd' }]);
  });

  test('leaves all other text as it is, escapes within it too', () => {
    const texts = [
      '\\u0000',
      '\\\\u0000',
      '\\ud800',
      '"\\',
      '😀',
      '\u0001\n',
      '{"a":"\\\\\\u0000"}',
    ];
    expect(parse(texts.map((text) => ({ text })))).toEqual(texts.map((text) => ({ text })));
  });

  test('whatever the text, only U+0000 and lone surrogates change', () => {
    const unit = fc.constantFrom(
      '\\',
      'u',
      '0000',
      'u0000',
      'ud800',
      '"',
      '\u0000',
      '\ud83d',
      '\ude00',
      'x',
    );
    fc.assert(
      fc.property(fc.array(unit), (units) => {
        const text = units.join('');
        expect(parse([{ text }])).toEqual([{ text: text.replace(/\0|\p{Surrogate}/gu, '\ufffd') }]);
      }),
      { numRuns: 1000 },
    );
  });
});
