import fc from 'fast-check';
import { membersOf } from '../../../../systems/src/json/members-of';
import { anyObject } from '../../../support/any-json';

test('an object is found in its members, key by key and value by value, as it is written', () => {
  fc.assert(
    fc.property(anyObject, (tokens) => {
      const json = tokens.join('');
      const members = membersOf(json);
      const texts = members.map(({ from, end }) => json.slice(from, end));
      expect(`{${texts.join(',')}}`).toBe(json);
      const parsed = JSON.parse(json) as Record<string, unknown>;
      expect(new Set(members.map(({ key }) => key))).toEqual(new Set(Object.keys(parsed)));
      for (const { key, text } of members) {
        const value = parsed[key];
        expect(text).toBe(typeof value === 'string' ? value : undefined);
      }
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  [String.raw`{"a":"\\","b":"\"}","c\"":1}`, ['a', 'b', 'c"']],
  ['{"a":{"b":[{"c":"}"}]},"d":-1.5e+3,"":null}', ['a', 'd', '']],
])('%s has its own keys alone', (json, keys) => {
  expect(membersOf(json).map(({ key }) => key)).toEqual(keys);
});
