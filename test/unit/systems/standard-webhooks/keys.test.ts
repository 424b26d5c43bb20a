import {
  generatePrivateKey,
  generateSigningKey,
  isSigningKey,
  parsePrivateKey,
  parsePublicKey,
  parseSigningKey,
  publicKeyOf,
  type SystemsError,
} from '@careerhooks/systems';

const whsec = (length: number) => `whsec_${Buffer.alloc(length, 7).toString('base64')}`;

function code(value: string): SystemsError {
  return expect.objectContaining({ code: value }) as SystemsError;
}

test('a generated signing key is 32 random bytes', () => {
  expect(parseSigningKey(generateSigningKey())).toHaveLength(32);
  expect(generateSigningKey()).not.toBe(generateSigningKey());
});

test.each([24, 25, 32, 64])('a signing key may have %d bytes', (length) => {
  expect(parseSigningKey(whsec(length))).toEqual(Buffer.alloc(length, 7));
});

test.each([
  ['23 bytes', whsec(23)],
  ['65 bytes', whsec(65)],
  ['one byte', whsec(1)],
  ['nothing', 'whsec_'],
  ['no prefix', whsec(32).slice(6)],
  ['the prefix in capitals', whsec(32).replace('whsec', 'WHSEC')],
  ['a line break', `${whsec(24)}\n`],
  ['a stray character', whsec(32).replace('Bw', 'B-w')],
  ['no padding', whsec(32).replace('=', '')],
  ['the URL-safe alphabet', `whsec_${Buffer.alloc(24, 0xff).toString('base64url')}`],
  ['loose last bits', `${whsec(32).slice(0, -2)}d=`],
])('a signing key is refused with %s', (_, key) => {
  expect(() => parseSigningKey(key)).toThrow(code('invalid_signing_key'));
  expect(isSigningKey(key)).toBe(false);
});

test('the public key is the one of RFC 8032, section 7.1, test 1', () => {
  const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
  const expected = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
  const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
  expect(publicKeyOf(`whsk_${base64(seed)}`)).toBe(`whpk_${base64(expected)}`);
});

test('private and public keys parse to Ed25519 keys', () => {
  const key = generatePrivateKey();
  expect(parsePrivateKey(key).asymmetricKeyType).toBe('ed25519');
  expect(parsePublicKey(publicKeyOf(key)).asymmetricKeyType).toBe('ed25519');
});

test.each([whsec(32), 'whsk_', `whsk_${Buffer.alloc(64).toString('base64')}`, 'whsk_????'])(
  'refuses %s as a private key',
  (key) => {
    expect(() => parsePrivateKey(key)).toThrow(code('invalid_private_key'));
  },
);

test.each([whsec(32), 'whpk_', `whpk_${Buffer.alloc(31).toString('base64')}`])(
  'refuses %s as a public key',
  (key) => {
    expect(() => parsePublicKey(key)).toThrow(code('invalid_public_key'));
  },
);
