import { createPublicKey, verify as verifyWithKey } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import {
  generateKeys,
  generatePrivateKey,
  generateSigningKey,
  publicKeyOf,
  requestHeaders,
  systems,
  verify,
  type SystemsError,
} from '@careerhooks/systems';
import {
  everyDelivery,
  sampleDelivery,
  sampleEvent,
  system,
} from '../../support/sample-deliveries';

describe.each([
  ['standardwebhooks', (key: string) => new Webhook(key)],
  ['svix', (key: string) => new SvixWebhook(key)],
])("the library %s verifies every system's deliveries", (_, receiver) => {
  test('of every event type', () => {
    for (const { body, headers, keys } of everyDelivery()) {
      const verified = receiver(keys[0]!.signingKey).verify(body.toString('utf8'), headers);
      expect(verified).toEqual(JSON.parse(body.toString('utf8')));
    }
  });

  test.each([...systems.values()])('$key, with the old or the new key during rotation', (of) => {
    const keys = [
      { ...generateKeys(of), privateKey: generatePrivateKey() },
      generateKeys(of),
      { ...generateKeys(of, 'an older secret'), privateKey: generatePrivateKey() },
    ];
    const type = Object.keys(of.events)[0]!;
    const { body, headers } = sampleDelivery(of, type, { keys });
    for (const { signingKey } of keys) receiver(signingKey).verify(body.toString('utf8'), headers);
    expect(() => receiver(generateSigningKey()).verify(body.toString('utf8'), headers)).toThrow();
  });
});

test('each generation signs in its order, with v1a after v1 where it has a private key', () => {
  const of = system('cv');
  const keys = [generateKeys(of), { ...generateKeys(of), privateKey: generatePrivateKey() }];
  const { headers } = sampleDelivery(of, 'cv.updated', { keys });
  const versions = headers['webhook-signature']!.split(' ').map((one) => one.split(',')[0]);
  expect(versions).toEqual(['v1', 'v1', 'v1a']);
});

test("node's own Ed25519 verifies v1a, on every system", () => {
  for (const of of systems.values()) {
    const privateKey = generatePrivateKey();
    const keys = [{ ...generateKeys(of), privateKey }];
    const type = Object.keys(of.events)[0]!;
    const { body, headers, timestamp, deliveryId } = sampleDelivery(of, type, { keys });
    const x = Buffer.from(publicKeyOf(privateKey).slice(5), 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const v1a = headers['webhook-signature']!.split(' ').find((one) => one.startsWith('v1a,'))!;
    const content = Buffer.concat([Buffer.from(`${deliveryId}.${timestamp}.`), body]);
    expect(verifyWithKey(null, content, key, Buffer.from(v1a.slice(4), 'base64'))).toBe(true);
    verify({ headers, body, keys: [publicKeyOf(privateKey)] });
  }
});

test('describes the attempt beside the two signatures', () => {
  const of = system('roleready');
  const { body, headers, deliveryId, timestamp } = sampleDelivery(of, 'resume.parsed');
  expect(headers).toEqual({
    'content-type': 'application/json',
    'X-Webhook-Signature': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    'X-Webhook-Event': 'resume.parsed',
    'X-Webhook-Delivery-Id': deliveryId,
    'User-Agent': 'RoleReady-Webhook/1.0',
    'webhook-id': deliveryId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/) as string,
    'X-CareerHooks-System': 'roleready',
    'X-CareerHooks-Event': 'resume.parsed',
    'X-CareerHooks-Event-Id': 'evt_1234567890',
    'X-CareerHooks-Event-Time': '2024-11-14T10:05:00.678Z',
    'X-CareerHooks-Delivery-Id': deliveryId,
    'X-CareerHooks-Attempt': '1',
    'X-CareerHooks-Last-Attempt': 'false',
  });
  expect(JSON.parse(body.toString())).toHaveProperty('deliveryId', deliveryId);
});

test('a retry changes its number and time, and keeps webhook-id', () => {
  const of = system('proposals');
  const attempt = {
    system: of,
    event: sampleEvent(of, 'job.started'),
    delivery: { id: 'c3a8f1de-0000-4000-8000-000000000001' },
    attempt: 6,
    lastAttempt: true,
    body: Buffer.from('{}'),
    timestamp: 1700000000,
    keys: [generateKeys(of)],
  };
  const headers = requestHeaders(attempt);
  expect(headers['webhook-id']).toBe(attempt.delivery.id);
  expect(headers['webhook-timestamp']).toBe('1700000000');
  expect(headers['X-CareerHooks-Attempt']).toBe('6');
  expect(headers['X-CareerHooks-Last-Attempt']).toBe('true');
});

test('an event id cannot break out of its header, and can be read back', () => {
  const of = system('cv');
  for (const id of ['a\r\nX-Admin: 1', 'naïve 🚀 100%', '%41', 'plain-id_1.2~3']) {
    const event = sampleEvent(of, 'cv.updated', { id });
    const headers = requestHeaders({
      ...sampleDelivery(of, 'cv.updated'),
      event,
      delivery: { id: 'd' },
      attempt: 1,
      lastAttempt: false,
    });
    const value = headers['X-CareerHooks-Event-Id']!;
    expect(value).toMatch(/^[\x21-\x7e]+$/);
    expect(decodeURIComponent(value)).toBe(id);
  }
});

test('every header is one that Node and HTTP accept', () => {
  for (const { headers } of everyDelivery()) {
    expect(() => new Headers(headers)).not.toThrow();
    const names = Object.keys(headers).map((name) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  }
});

test('refuses to send unsigned', () => {
  const of = system('cv');
  expect(() => sampleDelivery(of, 'cv.updated', { keys: [] })).toThrow(RangeError);
  const keys = [{ secret: 's', signingKey: 'whsec_c2hvcnQ=' }];
  expect(() => sampleDelivery(of, 'cv.updated', { keys })).toThrow(
    expect.objectContaining({ code: 'invalid_signing_key' }) as SystemsError,
  );
});
