import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { ACTIONS, SECTIONS } from '@careerhooks/cv';
import fc from 'fast-check';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';

const SECRET = 'the-webhook-secret-of-the-cv';
const RUNS = 300;

interface Webhook {
  action: string;
  section: string;
  data: Record<string, unknown> | Record<string, unknown>[];
}

/** The document's own requests. */
const EXAMPLES = readFileSync(join(__dirname, '../products/documents/cv/operations.txt'), 'utf8')
  .split('---\n')
  .map((text) => JSON.parse(text) as Webhook);

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks({ CV_WEBHOOK_SECRET: SECRET });
});
afterAll(() => careerHooks.stop());

let senders = 0;

/** Sends these bytes, signed, from an address that has not met the limit of ten a minute. */
function send(raw: Buffer): Promise<{ status: number; text: string }> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', SECRET).update(timestamp).update(raw).digest('hex');
  senders += 1;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${careerHooks.url}/api/webhook/cv`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': String(raw.length),
          'x-webhook-signature': `sha256=${signature}`,
          'x-webhook-timestamp': timestamp,
          authorization: `Bearer ${careerHooks.token}`,
        },
        localAddress: `127.0.${1 + (senders >> 7)}.${1 + (senders % 128)}`,
        agent: false,
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    request.on('error', reject);
    request.end(raw);
  });
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

/** A documented request, of which some field of its data, or of its first item, is anything. */
const almostRight = fc.constantFrom(...EXAMPLES).chain((example) => {
  const { data } = example;
  const item = Array.isArray(data) ? data[0] : data;
  return fc
    .tuple(fc.constantFrom('', ...Object.keys(item ?? {})), fc.jsonValue(), fc.string())
    .map(([field, value, name]) => {
      const changed = { ...item, [field === '' ? name : field]: value };
      return { ...example, data: Array.isArray(data) ? [changed, ...data.slice(1)] : changed };
    });
});

const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.jsonValue().map(json),
  fc
    .record({
      action: fc.oneof(fc.constantFrom(...ACTIONS, 'test'), fc.string()),
      section: fc.oneof(fc.constantFrom(...SECTIONS), fc.string()),
      data: fc.jsonValue(),
    })
    .map(json),
  { arbitrary: almostRight.map(json), weight: 3 },
);

test('whatever is sent to the CV’s webhook, signed, is taken or refused in its document’s words', async () => {
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(bodies, async (raw) => {
      const { status, text } = await send(raw);
      seen.add(status);
      expect(status).toBeLessThan(500);
      const answer = JSON.parse(text) as Record<string, unknown>;
      expect(answer).toMatchObject(
        status === 200
          ? { success: true }
          : { code: expect.any(String) as string, error: expect.any(String) as string },
      );
    }),
    { numRuns: RUNS },
  );
  expect(seen).toContain(200);
  expect(seen).toContain(400);
  // What was taken can be read.
  const cv = await fetch(`${careerHooks.url}/cv/api/cv`, {
    headers: { authorization: `Bearer ${careerHooks.token}` },
  });
  expect(cv.status).toBe(200);
});
