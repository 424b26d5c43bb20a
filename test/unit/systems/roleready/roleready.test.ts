import { encodeBody, type JsonObject } from '@careerhooks/systems';
import {
  sampleDeliveries,
  sampleDelivery,
  sampleEvent,
  system,
} from '../../../support/sample-deliveries';

const { verifyWebhookSignature } = jest.requireActual<{
  verifyWebhookSignature: (payload: unknown, signature: string, secret: string) => boolean;
}>('../documents/roleready.cjs');

const roleready = system('roleready');

test('the envelope is the one of the document', () => {
  const event = sampleEvent(roleready, 'operation.cancelled', {
    data: { operationType: 'tailoring', operationId: 'op', cancelledAt: '2024-11-14T10:05:00Z' },
  });
  expect(encodeBody(roleready, event, { id: 'd-1' }).toString()).toBe(
    '{"event":"operation.cancelled","deliveryId":"d-1","timestamp":"2024-11-14T10:05:00.678Z",' +
      '"userId":"user_1","data":{"operationType":"tailoring","operationId":"op",' +
      '"cancelledAt":"2024-11-14T10:05:00Z"}}',
  );
});

test("the document's Node verifier, which stringifies the parsed body, accepts every delivery", () => {
  const deliveries = sampleDeliveries(roleready);
  expect(deliveries).toHaveLength(14);
  for (const { body, headers, keys } of deliveries) {
    const payload: unknown = JSON.parse(body.toString());
    const signature = headers['X-Webhook-Signature']!;
    expect(verifyWebhookSignature(payload, signature, keys[0]!.secret)).toBe(true);
    expect(verifyWebhookSignature(payload, signature, 'another secret')).toBe(false);
    expect(
      verifyWebhookSignature({ ...(payload as object), x: 1 }, signature, keys[0]!.secret),
    ).toBe(false);
  }
});

test("data in the form of JavaScript passes the document's verifier", () => {
  const published = '{"2": 1.0, "1": 1e2, "b": "caf\\u00e9 \\uD800", "a": 0.10, "z": -0}';
  const { body, headers, keys } = sampleDelivery(roleready, 'resume.parsed', {
    data: JSON.parse(published) as JsonObject,
  });
  expect(body.toString()).toContain('"data":{"1":100,"2":1,"b":"café \\ud800","a":0.1,"z":0}}');
  const payload: unknown = JSON.parse(body.toString());
  const signature = headers['X-Webhook-Signature']!;
  expect(verifyWebhookSignature(payload, signature, keys[0]!.secret)).toBe(true);
});

test('during rotation it is the newest secret that signs', () => {
  const keys = ['new secret', 'old secret'].map((secret) => ({
    secret,
    signingKey: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  }));
  const { body, headers } = sampleDelivery(roleready, 'resume.parsed', { keys });
  const accepts = (secret: string) =>
    verifyWebhookSignature(JSON.parse(body.toString()), headers['X-Webhook-Signature']!, secret);
  expect(accepts('new secret')).toBe(true);
  expect(accepts('old secret')).toBe(false);
});

test('limits and timeout are those that the document lists', () => {
  expect(roleready.timeoutMs).toBe(10_000);
  expect(roleready.limits).toEqual({ maxUrlLength: 2048, maxTimeoutSeconds: 10, maxRetries: 3 });
});

test('the headers beside the signature are those of the document', () => {
  const { headers, deliveryId } = sampleDelivery(roleready, 'resume.parsed');
  expect(headers).toMatchObject({
    'X-Webhook-Event': 'resume.parsed',
    'X-Webhook-Delivery-Id': deliveryId,
    'User-Agent': 'RoleReady-Webhook/1.0',
  });
});

test('the document asks for no challenge', () => {
  expect(roleready.challengesByDefault).toBe(false);
});
