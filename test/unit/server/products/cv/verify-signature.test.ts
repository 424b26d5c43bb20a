import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { verifySignature } from '../../../../../server/src/products/cv/verify-signature';
import { WebhookError } from '../../../../../server/src/products/cv/webhook-error';

const SECRET = 'the-secret-of-the-cv-webhook';
const BODY = Buffer.from('{"action":"test","section":"health"}');

async function outcome(given: {
  signature?: string;
  timestamp?: string;
  body?: Buffer;
}): Promise<string> {
  try {
    const { signature, timestamp, body: sent = BODY } = given;
    const body = { sent, content: () => Promise.resolve(sent) };
    await verifySignature({ signature, timestamp, body }, SECRET);
    return 'ok';
  } catch (error) {
    if (error instanceof WebhookError) return `${error.status} ${JSON.stringify(error)}`;
    throw error;
  }
}

function signed(timestamp: string, body = BODY, secret = SECRET): Buffer {
  return createHmac('sha256', secret).update(timestamp).update(body).digest();
}

const now = (): string => String(Math.floor(Date.now() / 1000));

test('whatever the headers say, it is verified or refused 401, and never tells the right signature', async () => {
  const time = now();
  const right = signed(time);
  const header = fc.option(
    fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String()),
    {
      nil: undefined,
    },
  );
  const times = fc.oneof(header, fc.constant(time), fc.integer().map(String));
  await fc.assert(
    fc.asyncProperty(header, times, async (signature, timestamp) => {
      const said = await outcome({
        ...(signature !== undefined && { signature }),
        ...(timestamp !== undefined && { timestamp }),
      });
      expect(said).toMatch(/^401 /);
      expect(said).not.toContain(right.toString('hex'));
      expect(said).not.toContain(right.toString('base64'));
      expect(said).not.toContain(SECRET);
    }),
    { numRuns: 500 },
  );
});

test('one changed bit of body, signature or time is refused', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1 }),
      fc.nat(),
      fc.integer({ min: 0, max: 7 }),
      async (...given) => {
        const [bytes, place, bit] = given;
        const body = Buffer.from(bytes);
        const timestamp = now();
        const mac = signed(timestamp, body);
        expect(await outcome({ signature: mac.toString('base64'), timestamp, body })).toBe('ok');
        const otherBody = Buffer.from(body);
        otherBody[place % body.length]! ^= 1 << bit;
        expect(
          await outcome({ signature: mac.toString('hex'), timestamp, body: otherBody }),
        ).not.toBe('ok');
        const otherMac = Buffer.from(mac);
        otherMac[place % mac.length]! ^= 1 << bit;
        expect(await outcome({ signature: otherMac.toString('hex'), timestamp, body })).not.toBe(
          'ok',
        );
        const later = String(Number(timestamp) + 1);
        expect(await outcome({ signature: mac.toString('hex'), timestamp: later, body })).not.toBe(
          'ok',
        );
      },
    ),
  );
});

test.each([
  ['-1', 'INVALID_TIMESTAMP'],
  ['1e9', 'INVALID_TIMESTAMP'],
  ['0x65', 'INVALID_TIMESTAMP'],
  [' 1700000000', 'INVALID_TIMESTAMP'],
  ['9'.repeat(400), 'INVALID_TIMESTAMP'],
  ['0', 'TIMESTAMP_TOO_OLD'],
  ['999999999999', 'TIMESTAMP_IN_FUTURE'],
])('the time %j is refused as %s, however well it is signed', async (timestamp, code) => {
  expect(await outcome({ signature: signed(timestamp).toString('hex'), timestamp })).toContain(
    code,
  );
});

describe('what the sender of a wrong signature is told', () => {
  const text = '{"action":"add","data":{"summary":"Zoë: one\\ntwo"}}';
  const hint = (form: string) => {
    const timestamp = now();
    const signature = signed(timestamp, Buffer.from(form)).toString('hex');
    return outcome({ signature, timestamp, body: Buffer.from(text) });
  };

  test.each([
    ['a line end that curl -d has dropped', `${text}\n`, '--data-binary'],
    ["line breaks of dash's echo", text.replace('\\n', '\n'), 'printf %s'],
    [
      "json.dumps's own form",
      '{"action": "add", "data": {"summary": "Zo\\u00eb: one\\ntwo"}}',
      'not json=',
    ],
    ['a file with indentation', JSON.stringify(JSON.parse(text), null, 2), 'not json='],
    ['a dot behind the timestamp', `.${text}`, 'there is none'],
    ['nothing that is known', `${text}!`, 'exactly the bytes'],
  ])('of %s', async (_, form, advice) => {
    const said = await hint(form);
    expect(said).toMatch(/^401 /);
    expect(said).toContain(advice);
  });

  test('a body that is nested without end is refused as any other', async () => {
    const timestamp = now();
    const body = Buffer.from('['.repeat(30_000) + ']'.repeat(30_000));
    const signature = signed(timestamp).toString('hex');
    expect(await outcome({ signature, timestamp, body })).toContain('exactly the bytes');
  });
});
