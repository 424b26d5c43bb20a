import { hashToken } from '../../../../store/src/keys/hash-token';

describe('hashToken', () => {
  test('is SHA-256 in hex', () => {
    expect(hashToken('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  test('tells tokens apart', () => {
    expect(hashToken('chk_a')).not.toBe(hashToken('chk_A'));
  });
});
