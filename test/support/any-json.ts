import fc from 'fast-check';

/**
 * Any JSON text as its tokens: numbers of any length, keys in any order, strings with any escapes. It is
 * the producer's, so that no parser has to be trusted to say what was sent.
 */
export type Tokens = string[];

const digits = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 25 });

const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      fc
        .tuple(fc.integer({ min: 1, max: 9 }), digits)
        .map(([first, rest]) => `${first}${rest.join('')}`),
    ),
    fc.option(
      digits.map((rest) => `.${rest.join('')}0`),
      { nil: '' },
    ),
    fc.option(
      fc.tuple(fc.constantFrom('e', 'E', 'e+', 'E-'), fc.integer({ min: 0, max: 500 })).map(String),
      { nil: '' },
    ),
  )
  .map(([sign, whole, fraction, exponent]) => sign + whole + fraction + exponent.replace(',', ''));

const character = fc.oneof(
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
    .map((text) => JSON.stringify(text).slice(1, -1)),
  fc.constantFrom('\\/', '\\"', '\\\\', '\\n', '\\u0000', '\\ud800', '\\uD83D\\uDE80', '\\u00e9'),
  fc.constantFrom('{', '}', '[', ']', ',', ':', ' ', '//', '/*', '\u2028', '\ufeff'),
);

const string = fc.array(character, { maxLength: 8 }).map((parts) => `"${parts.join('')}"`);

/** Each twice now and then, as `JSON.parse` takes them and we do not. */
const key = fc.oneof(
  string,
  fc.constantFrom('"1"', '"10"', '"2"', '"data"', '"toJSON"', '"event_type"', '"event_id"', '""'),
);

const { value } = fc.letrec<{ value: Tokens; array: Tokens; object: Tokens }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(number, string, fc.constantFrom('true', 'false', 'null')).map((token) => [token]),
    tie('array'),
    tie('object'),
  ),
  array: fc.array(tie('value'), { maxLength: 4 }).map((items) => ['[', ...join(items), ']']),
  object: objectOf(tie('value')),
}));

function objectOf(member: fc.Arbitrary<Tokens>): fc.Arbitrary<Tokens> {
  return fc
    .uniqueArray(fc.tuple(key, member), {
      maxLength: 5,
      selector: ([name]) => JSON.parse(name) as string,
    })
    .map((members) => ['{', ...join(members.map(([name, item]) => [name, ':', ...item])), '}']);
}

function join(parts: Tokens[]): Tokens {
  return parts.flatMap((part, index) => (index === 0 ? part : [',', ...part]));
}

/** An object in which no key is there twice. */
export const anyObject: fc.Arbitrary<Tokens> = objectOf(value);

/** What may stand between two tokens. */
const space = fc.constantFrom('', '', ' ', '\n', '\r\n\t', '    ');

/** The text of these tokens with white space between them. */
export function spaced(tokens: Tokens): fc.Arbitrary<string> {
  return fc
    .array(space, { minLength: tokens.length + 1, maxLength: tokens.length + 1 })
    .map((spaces) => spaces.map((between, index) => between + (tokens[index] ?? '')).join(''));
}
