import fc from 'fast-check';
import { findTexts, SystemsError } from '@careerhooks/systems';
import { anyObject, spaced } from '../../../support/any-json';

const isData = (key: string | number) => key === 'data';

/** The tokens of an object, wrapped as a member `data` of an outer one. */
function around(tokens: string[]): string[] {
  return ['{', '"type"', ':', '"a"', ',', '"data"', ':', ...tokens, ',', '"id"', ':', '1', '}'];
}

test('every token comes as it was sent, in its order, whatever white space is between', () => {
  fc.assert(
    fc.property(
      anyObject.chain((tokens) => fc.tuple(fc.constant(tokens), spaced(around(tokens)))),
      ([tokens, text]) => {
        JSON.parse(text);
        const [found] = findTexts(text, isData);
        expect(found).toMatchObject({ path: ['data'], text: tokens.join('') });
      },
    ),
    { numRuns: 1_000 },
  );
});

test('the texts of a batch are found by their places, and none within another', () => {
  const text =
    '{ "events": [{"data": {"data": 1.0}}, {"id": "x", "data": [ 2 ]}, {"data": null}] }';
  expect(findTexts(text, isData)).toMatchObject([
    { path: ['events', 0, 'data'], text: '{"data":1.0}' },
    { path: ['events', 1, 'data'], text: '[2]' },
    { path: ['events', 2, 'data'], text: 'null' },
  ]);
});

test('numbers that JavaScript cannot hold are named by their place', () => {
  const text =
    '{"data": {"a": [1.0, {"b": 9123456789654321987}], "c": 1e400, "d": "9123456789654321987"}, "id": 9123456789654321987}';
  expect(findTexts(text, isData)[0]?.inexact).toEqual([
    ['data', 'a', 1, 'b'],
    ['data', 'c'],
  ]);
});

describe('a key that is there twice is refused, with its place', () => {
  test.each([
    ['{"data": {"a": 1, "a": 1}}', 'data.a'],
    ['{"data": {"a": 1}, "data": {}}', 'data'],
    [
      '{"events": [{"data": {}}, {"data": {"x": [{"y": 1, "\\u0079": 2}]}}]}',
      'events[1].data.x[0].y',
    ],
    [`{"data": {"a": ${'['.repeat(200_000)}${']'.repeat(200_000)}, "a": 1}}`, 'data.a'],
  ])('%.60s', (text, path) => {
    let thrown: unknown;
    try {
      findTexts(text, isData);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SystemsError);
    expect(thrown).toMatchObject({ code: 'duplicate_key', issues: [{ path }] });
  });

  test('the same key in two objects is none', () => {
    expect(findTexts('{"data": [{"a": {"a": 1}}, {"a": 2}]}', isData)).toHaveLength(1);
  });
});
