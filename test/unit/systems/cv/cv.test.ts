import { encodeBody } from '@careerhooks/systems';
import {
  sampleDelivery,
  sampleDeliveries,
  sampleEvent,
  system,
} from '../../../support/sample-deliveries';

interface Client {
  generateSignature(payload: string, timestamp: string): string;
}
const { CVWebhookClient } = jest.requireActual<{
  CVWebhookClient: new (url: string, secret: string, token: string) => Client;
}>('../documents/cv.cjs');

const cv = system('cv');

test('the envelope has id, type, time in milliseconds and data', () => {
  const body = encodeBody(cv, sampleEvent(cv, 'cv.updated'), { id: 'd' }).toString();
  expect(body).toBe(
    '{"id":"evt_1234567890","type":"cv.updated","timestamp":"2024-11-14T10:05:00.678Z",' +
      '"data":{"section":"workExperience","ids":["job-1"]}}',
  );
});

test("the client's code in the document makes the very signature of every delivery", () => {
  for (const { body, headers, keys } of sampleDeliveries(cv)) {
    const client = new CVWebhookClient('https://example.com', keys[0]!.secret, 'token');
    expect(client.generateSignature(body.toString(), headers['X-Webhook-Timestamp']!)).toBe(
      headers['X-Webhook-Signature'],
    );
  }
});

test('the timestamp of both schemes is the attempt in seconds', () => {
  const { headers, timestamp } = sampleDelivery(cv, 'cv.synced');
  expect(headers['X-Webhook-Timestamp']).toBe(String(timestamp));
  expect(headers['webhook-timestamp']).toBe(String(timestamp));
});

test('a receiver has ten seconds', () => {
  expect(cv.timeoutMs).toBe(10_000);
});

test('the headers beside the signature are those of the document', () => {
  const { headers } = sampleDelivery(cv, 'cv.updated');
  expect(headers).toMatchObject({
    'User-Agent': 'CVWebsite-Webhook/1.0',
  });
});

test('the document asks for no challenge', () => {
  expect(cv.challengesByDefault).toBe(false);
});
