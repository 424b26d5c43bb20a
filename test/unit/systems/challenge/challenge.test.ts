import { Webhook } from 'standardwebhooks';
import {
  answersChallenge,
  challengeBody,
  challengeHeaders,
  generateChallenge,
  generateKeys,
  systems,
} from '@careerhooks/systems';
import { system } from '../../../support/sample-deliveries';

const timestamp = Math.floor(Date.now() / 1000);

test('the body is what the document has', () => {
  expect(challengeBody('abc').toString()).toBe('{"type":"webhook.verify","challenge":"abc"}');
});

test('a challenge cannot be guessed', () => {
  expect(generateChallenge()).toMatch(/^[\w-]{43}$/);
  expect(generateChallenge()).not.toBe(generateChallenge());
});

describe.each([...systems.values()])('$key', (of) => {
  const keys = [generateKeys(of), generateKeys(of)];
  const body = challengeBody('abc');
  const headers = challengeHeaders({ system: of, body, timestamp, keys });

  test('is signed by Standard Webhooks, with each live key', () => {
    for (const { signingKey } of keys) {
      expect(() => new Webhook(signingKey).verify(body.toString(), headers)).not.toThrow();
    }
  });

  test("is signed by the system's own scheme, like a delivery", () => {
    const asDelivered = of.headers({
      event: { id: '', type: 'webhook.verify', user: '', createdAt: 0 },
      delivery: { id: headers['webhook-id']! },
      body,
      timestamp,
      secret: keys[0]!.secret,
    });
    expect(Object.keys(asDelivered).join()).toMatch(/-Signature/);
    expect(headers).toMatchObject(asDelivered);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['X-CareerHooks-Event']).toBe('webhook.verify');
  });
});

test('the id is the same when the challenge is repeated, and names the endpoint if there is one', () => {
  const of = system('proposals');
  const facts = { system: of, timestamp, keys: [generateKeys(of)] };
  const first = challengeHeaders({ ...facts, body: challengeBody('a') });
  const again = challengeHeaders({
    ...facts,
    timestamp: timestamp + 60,
    body: challengeBody('a'),
    endpointId: 'ep_1',
  });
  const other = challengeHeaders({ ...facts, body: challengeBody('b') });
  expect(again['webhook-id']).toBe(first['webhook-id']);
  expect(other['webhook-id']).not.toBe(first['webhook-id']);
  expect(again['X-CareerHooks-Endpoint-Id']).toBe('ep_1');
  expect(first).not.toHaveProperty('X-CareerHooks-Endpoint-Id');
  expect(() => challengeHeaders({ ...facts, keys: [], body: challengeBody('a') })).toThrow(
    RangeError,
  );
});

test.each([
  '{"challenge":"abc"}',
  ' {"challenge": "abc", "status": "ok"}\r\n',
  '\uFEFF{"challenge":"abc"}',
  'abc',
  'abc\n',
  '"abc"',
  ' "abc"\n',
  String.raw`"\u0061bc"`,
])('%j answers', (answer) => {
  expect(answersChallenge('abc', answer)).toBe(true);
});

test.each([
  '',
  ' ',
  'ab',
  'abcd',
  'ABC',
  'xabc',
  '{"challenge":"abd"}',
  '{"challenge":["abc"]}',
  '{"challenge":null}',
  '{"Challenge":"abc"}',
  '{"type":"webhook.verify"}',
  '{"challenge":"abc"',
  '["abc"]',
  '"abd"',
  '"abc',
  '""',
  `'abc'`,
  String.raw`"{\"challenge\":\"abc\"}"`,
  'null',
  '12',
  '"',
  `{"challenge":"abc"}${'x'.repeat(10)}`,
  '['.repeat(200_000),
])('an answer such as %.40j does not', (answer) => {
  expect(answersChallenge('abc', answer)).toBe(false);
});

test('nothing answers an empty challenge', () => {
  for (const answer of ['', '{"challenge":""}', '{}']) {
    expect(answersChallenge('', answer)).toBe(false);
  }
});
