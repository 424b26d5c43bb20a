import {
  generateSigningKey,
  generatePrivateKey,
  sign,
  signAsymmetric,
  type SystemsError,
} from '@careerhooks/systems';

const published = {
  key: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  message: {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1614265330,
    body: Buffer.from('{"test": 2432232314}'),
  },
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

test('makes the published signature of Standard Webhooks', () => {
  expect(sign(published.message, published.key)).toBe(published.signature);
});

test('signs bytes: two bodies that are no UTF-8 sign differently', () => {
  const of = (body: Buffer) => sign({ ...published.message, body }, published.key);
  expect(of(Buffer.from([0xff]))).not.toBe(of(Buffer.from([0xfe])));
});

test.each([
  ['an empty id', { id: '' }],
  ['a full stop in the id', { id: 'msg.1' }],
  ['a fraction of a second', { timestamp: 1.5 }],
  ['a time before 1970', { timestamp: -1 }],
  ['no time', { timestamp: NaN }],
])('refuses %s', (_, over) => {
  const message = { ...published.message, ...over };
  const refusal = expect.objectContaining({ code: 'invalid_message' }) as SystemsError;
  expect(() => sign(message, generateSigningKey())).toThrow(refusal);
  expect(() => signAsymmetric(message, generatePrivateKey())).toThrow(refusal);
});

test('v1a is 64 bytes, and the same each time', () => {
  const key = generatePrivateKey();
  const signature = signAsymmetric(published.message, key);
  expect(signature).toMatch(/^v1a,[A-Za-z0-9+/]{86}==$/);
  expect(signAsymmetric(published.message, key)).toBe(signature);
});
