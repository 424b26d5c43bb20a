import { encodeBody } from '@careerhooks/systems';
import {
  sampleDeliveries,
  sampleDelivery,
  sampleEvent,
  system,
} from '../../../support/sample-deliveries';

interface Handler {
  on(type: string, handler: (event: unknown) => void): void;
  handle(payload: Buffer, signature: string): Promise<{ processed: number; failed: number }>;
}
const { verifyWebhookSignature, WebhookHandler } = jest.requireActual<{
  verifyWebhookSignature: (payload: Buffer, signature: string, secret: string) => boolean;
  WebhookHandler: new (secret: string) => Handler;
}>('../documents/pathfinder.cjs');

const pathfinder = system('pathfinder');

function envelope(over: Parameters<typeof sampleEvent>[2], type = 'experience.deleted') {
  const body = encodeBody(pathfinder, sampleEvent(pathfinder, type, over), { id: 'd' });
  return JSON.parse(body.toString()) as Record<string, unknown>;
}

test('the envelope is the one of the document, in its order', () => {
  const event = sampleEvent(pathfinder, 'experience.deleted');
  expect(encodeBody(pathfinder, event, { id: 'd' }).toString()).toBe(
    '{"id":"evt_1234567890","type":"experience.deleted","api_version":"1.0",' +
      '"created":1731578700,"data":{"experience_id":"exp_789"}}',
  );
});

test('an id gets the prefix of the document once', () => {
  expect(envelope({ id: '7' })).toHaveProperty('id', 'evt_7');
  expect(envelope({ id: 'evt_7' })).toHaveProperty('id', 'evt_7');
});

test('previous attributes are there when the event has them, and only then', () => {
  expect(envelope({})).not.toHaveProperty('previous_attributes');
  expect(envelope({ previousAttributes: {} })).toHaveProperty('previous_attributes', {});
  expect(envelope({}, 'user.updated')).toHaveProperty('previous_attributes', {
    email: 'john@example.com',
  });
});

test('every update event has an example of previous attributes', () => {
  for (const [type, { previousAttributesExample }] of Object.entries(pathfinder.events)) {
    expect([type, previousAttributesExample !== undefined]).toEqual([
      type,
      type.endsWith('.updated'),
    ]);
  }
});

test("the document's Node verifier accepts every delivery", () => {
  const deliveries = sampleDeliveries(pathfinder);
  expect(deliveries).toHaveLength(38);
  for (const { body, headers, keys } of deliveries) {
    const signature = headers['X-Pathfinder-Signature']!;
    expect(verifyWebhookSignature(body, signature, keys[0]!.secret)).toBe(true);
    expect(verifyWebhookSignature(body, signature, 'another secret')).toBe(false);
  }
});

test("the document's handler class finds type and data where it looks for them", async () => {
  for (const { body, headers, keys, event } of sampleDeliveries(pathfinder)) {
    const received: unknown[] = [];
    const handler = new WebhookHandler(keys[0]!.secret);
    handler.on(event.type, (each) => received.push(each));
    const result = await handler.handle(body, headers['X-Pathfinder-Signature']!);
    expect(result).toEqual({ processed: 1, failed: 0 });
    expect(received).toEqual([
      expect.objectContaining({ type: event.type, data: JSON.parse(event.data.text) as unknown }),
    ]);
  }
});

test('the user object of a new user is whole', () => {
  const { schema, example } = pathfinder.events['user.created']!;
  for (const field of Object.keys(example.user as object)) {
    const user = { ...(example.user as object), [field]: undefined };
    expect(schema.safeParse({ user }).success).toBe(false);
  }
});

test('a receiver has ten seconds', () => {
  expect(pathfinder.timeoutMs).toBe(10_000);
});

test('the headers beside the signature are those of the document', () => {
  const { headers } = sampleDelivery(pathfinder, 'user.created');
  expect(headers).toMatchObject({
    'User-Agent': 'Pathfinder-Webhook/1.0',
  });
});

test('the document asks for no challenge', () => {
  expect(pathfinder.challengesByDefault).toBe(false);
});
