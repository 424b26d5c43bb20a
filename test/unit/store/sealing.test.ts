import { createSealer, generateMasterKey, StoreError } from '@careerhooks/store';
import fc from 'fast-check';

describe('a sealer', () => {
  const [first, second] = [generateMasterKey(), generateMasterKey()];
  const sealer = createSealer([first]);
  const codeOf = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof StoreError) return error.code;
    }
    return 'no StoreError';
  };
  /** Well-formed text: a lone surrogate is no text that a secret could hold. */
  const text = fc.string({ unit: 'grapheme' });

  test('opens what it sealed', () => {
    fc.assert(
      fc.property(text, text, (plaintext, context) => {
        expect(sealer.open(sealer.seal(plaintext, context), context)).toBe(plaintext);
      }),
    );
  });

  test('never seals alike', () => {
    expect(sealer.seal('text', 'row')).not.toBe(sealer.seal('text', 'row'));
  });

  test('opens nothing in another context', () => {
    fc.assert(
      fc.property(text, text, text, (plaintext, context, other) => {
        fc.pre(context !== other);
        const sealed = sealer.seal(plaintext, context);
        expect(codeOf(() => sealer.open(sealed, other))).toBe('sealed_value_damaged');
      }),
    );
  });

  test('opens nothing of which a bit was changed', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 0, max: 7 }), (plaintext, place, bit) => {
        const [version, id, payload] = sealer.seal(plaintext, 'row').split('.');
        const bytes = Buffer.from(payload!, 'base64url');
        bytes[place % bytes.length]! ^= 1 << bit;
        const tampered = [version, id, bytes.toString('base64url')].join('.');
        expect(codeOf(() => sealer.open(tampered, 'row'))).toBe('sealed_value_damaged');
      }),
    );
  });

  test('opens nothing that was cut', () => {
    const sealed = sealer.seal('a secret', 'row');
    for (let length = 0; length < sealed.length; length += 1) {
      expect(codeOf(() => sealer.open(sealed.slice(0, length), 'row'))).not.toBe('no StoreError');
    }
  });

  test.each(['', 'plain text', 'v2.abc.def', 'v1.', 'v1..'])('refuses %j', (sealed) => {
    expect(codeOf(() => sealer.open(sealed, 'row'))).toMatch(/sealed_value_damaged|unknown/);
  });

  test('seals under the first key, opens under all, and knows what is stale', () => {
    const old = sealer.seal('old', 'row');
    const rotating = createSealer([second, first]);
    const fresh = rotating.seal('fresh', 'row');
    expect(rotating.open(old, 'row')).toBe('old');
    expect([old, fresh].map((sealed) => rotating.isStale(sealed))).toEqual([true, false]);
    expect(codeOf(() => sealer.open(fresh, 'row'))).toBe('master_key_unknown');
    expect(createSealer([second]).open(fresh, 'row')).toBe('fresh');
  });

  test('takes a key in hex or base64, with space around it', () => {
    const hex = Buffer.from(first, 'base64').toString('hex');
    for (const same of [hex, hex.toUpperCase(), ` ${first}\n`]) {
      expect(createSealer([same]).open(sealer.seal('text', 'row'), 'row')).toBe('text');
    }
  });

  test.each([
    ['no key', []],
    ['an empty one', ['']],
    ['too few bytes', [first.slice(4)]],
    ['too many bytes', [`${first}AAAA`]],
    ['a passphrase', [`a passphrase, not a key: ${'x'.repeat(40)}`]],
    ['a stray character', [`${first.slice(0, 43)}!=`]],
    ['a bad second one', [first, 'second']],
  ])('refuses %s', (_, keys) => {
    expect(codeOf(() => createSealer(keys))).toBe('master_key_invalid');
  });
});

test('whatever is given as a master key or as a sealed value is taken, or refused without repeating it', () => {
  const given = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String());
  const sealer = createSealer([generateMasterKey()]);
  fc.assert(
    fc.property(given, fc.array(given), (text, parts) => {
      const refusals = [
        () => createSealer([text]),
        () => sealer.open(['v1', ...parts].join('.'), 'row'),
      ];
      for (const refuse of refusals) {
        try {
          refuse();
          // Only 32 bytes can be a key, and only what we sealed can open.
          expect(Buffer.from(text.trim(), 'base64').length >= 32).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(StoreError);
          if (text.length > 8) expect((error as StoreError).message).not.toContain(text);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('a master key means the same in base64, base64url and hex', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.string({ unit: 'grapheme' }),
      (...given) => {
        const [bytes, secret] = given;
        const key = Buffer.from(bytes);
        const sealed = createSealer([key.toString('base64')]).seal(secret, 'row');
        for (const encoding of ['base64', 'base64url', 'hex'] as const) {
          expect(createSealer([key.toString(encoding)]).open(sealed, 'row')).toBe(secret);
        }
      },
    ),
  );
});
