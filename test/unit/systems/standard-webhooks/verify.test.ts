import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import {
  SystemsError,
  generatePrivateKey,
  generateSigningKey,
  publicKeyOf,
  sign,
  signAsymmetric,
  verify,
  type ReceivedMessage,
} from '@careerhooks/systems';

const now = 1_700_000_000;
const signingKey = generateSigningKey();
const privateKey = generatePrivateKey();
const publicKey = publicKeyOf(privateKey);
const message = { id: 'msg_1', timestamp: now, body: Buffer.from('{"a":"é"}') };

function headersWith(over: ReceivedMessage['headers'] = {}): ReceivedMessage['headers'] {
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(now),
    'webhook-signature': sign(message, signingKey),
    ...over,
  };
}

/** `ok`, or the code of the error. */
function outcome(over: Partial<ReceivedMessage> = {}): string {
  try {
    verify({ headers: headersWith(), body: message.body, keys: [signingKey], now, ...over });
    return 'ok';
  } catch (error) {
    if (error instanceof SystemsError) return error.code;
    throw error;
  }
}

test('returns what it verified', () => {
  const verified = verify({ headers: headersWith(), body: message.body, keys: [signingKey], now });
  expect(verified).toEqual({ id: 'msg_1', timestamp: now });
});

test('takes header names in any case', () => {
  const headers = Object.fromEntries(
    Object.entries(headersWith()).map(([name, value]) => [name.toUpperCase(), value]),
  );
  expect(outcome({ headers })).toBe('ok');
});

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('needs one %s', (name) => {
  const value = headersWith()[name] as string;
  expect(outcome({ headers: headersWith({ [name]: undefined }) })).toBe('missing_header');
  expect(outcome({ headers: headersWith({ [name]: '' }) })).toBe('missing_header');
  expect(outcome({ headers: headersWith({ [name]: [value, value] }) })).toBe('missing_header');
  expect(outcome({ headers: headersWith({ [name.toUpperCase()]: value }) })).toBe('missing_header');
});

test.each([
  `${now}abc`,
  ` ${now}`,
  `+${now}`,
  `0${now}`,
  `${now}.0`,
  '1.7e9',
  '-1',
  '0x6553f100',
  '١٧٠٠٠٠٠٠٠٠',
])('refuses %s as a timestamp', (value) => {
  const headers = headersWith({ 'webhook-timestamp': value });
  expect(outcome({ headers })).toBe('invalid_timestamp');
});

test.each([
  [300, 'ok'],
  [301, 'timestamp_too_old'],
  [-300, 'ok'],
  [-301, 'timestamp_too_new'],
])('%d seconds after signing: %s', (seconds, expected) => {
  expect(outcome({ now: now + seconds })).toBe(expected);
});

test('its clock is the real one by default', () => {
  expect(outcome({ now: undefined })).toBe('timestamp_too_old');
});

test('the time is signed', () => {
  expect(outcome({ headers: headersWith({ 'webhook-timestamp': String(now + 1) }) })).toBe(
    'no_matching_signature',
  );
});

test('id and body cannot be split another way under the same signature', () => {
  const body = Buffer.from(`${now}.{}`);
  const headers = headersWith({
    'webhook-id': `msg_1.${now}`,
    'webhook-signature': sign({ ...message, body }, signingKey),
  });
  expect(outcome({ headers, body: Buffer.from('{}') })).toBe('invalid_message');
});

test('one fitting signature among several is enough, for any of several keys', () => {
  const other = generateSigningKey();
  const signatures = [
    'v0,unknown',
    sign(message, other),
    signAsymmetric(message, privateKey),
    'v1,',
    '',
  ].join(' ');
  const headers = headersWith({ 'webhook-signature': signatures });
  expect(outcome({ headers })).toBe('no_matching_signature');
  expect(outcome({ headers, keys: [signingKey, other] })).toBe('ok');
  expect(outcome({ headers, keys: [publicKey] })).toBe('ok');
  expect(outcome({ headers, keys: [] })).toBe('no_matching_signature');
});

test('refuses keys that are too weak, rather than verify by them', () => {
  expect(outcome({ keys: ['whsec_AA=='] })).toBe('invalid_signing_key');
  expect(outcome({ keys: ['whpk_AA=='] })).toBe('invalid_public_key');
});

test('a signature has one spelling only', () => {
  const v1 = sign(message, signingKey);
  const v1a = signAsymmetric(message, privateKey);
  const keys = [signingKey, publicKey];
  for (const signature of [v1, v1a]) {
    for (const spelling of [
      signature.replace(/=+$/, ''),
      `${signature}=`,
      signature.replace(',', ',,'),
      signature.replace(',', ', '),
      signature.toUpperCase(),
      signature.slice(signature.indexOf(',') + 1),
      signature.replace(/^v1a?/, signature === v1 ? 'v1a' : 'v1'),
    ]) {
      const headers = headersWith({ 'webhook-signature': spelling });
      expect([spelling, outcome({ headers, keys })]).toEqual([spelling, 'no_matching_signature']);
    }
  }
});

const anyMessage = fc.record({
  id: fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
  timestamp: fc.integer({ min: 0, max: 99_999_999_999 }),
  body: fc.uint8Array({ minLength: 1 }),
});

test.each([
  ['v1', signingKey, (of: typeof message) => sign(of, signingKey)],
  ['v1a', publicKey, (of: typeof message) => signAsymmetric(of, privateKey)],
])('%s: what was signed verifies, and one changed bit does not', (_, key, signer) => {
  fc.assert(
    fc.property(anyMessage, fc.nat(), fc.nat({ max: 7 }), (any, position, bit) => {
      const signed = { ...any, body: Buffer.from(any.body) };
      const headers = {
        'webhook-id': signed.id,
        'webhook-timestamp': String(signed.timestamp),
        'webhook-signature': signer(signed),
      };
      const received = { headers, body: signed.body, keys: [key], now: signed.timestamp };
      expect(outcome(received)).toBe('ok');

      const body = Buffer.from(signed.body);
      body[position % body.length]! ^= 1 << bit;
      expect(outcome({ ...received, body })).toBe('no_matching_signature');

      const id = `${signed.id}x`;
      expect(outcome({ ...received, headers: { ...headers, 'webhook-id': id } })).toBe(
        'no_matching_signature',
      );
    }),
    { numRuns: 200 },
  );
});

test('accepts what the library standardwebhooks signs', () => {
  const body = Buffer.from('{"a":"é"}');
  const signature = new Webhook(signingKey).sign('msg_1', new Date(now * 1000), body.toString());
  expect(outcome({ headers: headersWith({ 'webhook-signature': signature }), body })).toBe('ok');
});

test('whatever the headers and keys are, it is verified or refused with a code', () => {
  const text = fc.option(
    fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constant(String(now)),
      fc.constant('v1,'),
    ),
    { nil: undefined },
  );
  const header = fc.oneof(text, fc.array(fc.string()));
  fc.assert(
    fc.property(header, header, header, fc.array(fc.string()), (id, timestamp, signature, keys) => {
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signature,
      };
      expect(outcome({ headers, keys: [...keys.map((key) => `whsec_${key}`), ...keys] })).not.toBe(
        'ok',
      );
      expect(outcome({ headers })).not.toBe('ok');
    }),
    { numRuns: 500 },
  );
});
