import fc from 'fast-check';
import { isExact } from '../../../../systems/src/json/is-exact';

test.each([
  '0',
  '-0',
  '1.0',
  '1e2',
  '1E+2',
  '0.10',
  '100e-2',
  '0e999999999999',
  '1.50e300',
  '-12.5',
  '9007199254740993.0e0'.replace('3', '2'),
  '9123456789654322000',
  '1e21',
  '5e-324',
  '1.7976931348623157e308',
])('%s is the number that JavaScript writes', (token) => {
  expect(isExact(token)).toBe(true);
});

test.each([
  '9123456789654321987',
  '9007199254740993',
  '1e400',
  '-1e400',
  '1e-400',
  '0.1234567890123456789',
  '1.00000000000000000001',
  '1e99999999999999999999',
])('%s is none', (token) => {
  expect(isExact(token)).toBe(false);
});

test('every number of JavaScript is, in any spelling of it', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(isExact(JSON.stringify(number))).toBe(true);
      expect(isExact(number.toExponential())).toBe(true);
    }),
  );
});

test('an integer is where it comes back as it was', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (number) => {
      const own = BigInt(String(Number(number)));
      expect(isExact(String(number))).toBe(own === number);
    }),
  );
});

test('a million digits take no longer than they are long', () => {
  const startedAt = Date.now();
  isExact(`1${'0'.repeat(500_000)}1${'0'.repeat(500_000)}`);
  isExact(`0.${'0'.repeat(500_000)}1`);
  expect(Date.now() - startedAt).toBeLessThan(1_000);
});
