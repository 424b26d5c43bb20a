import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { signatureFault } from '../../../nodes/CareerHooksTrigger/verify-signature';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const now = 1_614_265_330;
const body = Buffer.from('{"test": 2432232314}');
const published = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

function fault(
  over: Record<string, string | string[] | undefined> = {},
  given: { body?: Buffer; secret?: string; now?: number } = {},
): string | undefined {
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': String(now),
    'webhook-signature': published,
    ...over,
  };
  return signatureFault(
    { headers, body: given.body ?? body },
    given.secret ?? secret,
    given.now ?? now,
  );
}

test('takes the vector that Standard Webhooks published', () => {
  expect(fault()).toBeUndefined();
});

test.each([
  ['standardwebhooks', new Webhook(secret)],
  ['svix', new SvixWebhook(secret)],
])('takes what the library %s signs', (_name, webhook) => {
  const text = '{"event":"resume.parsed","name":"Zoë 🪝"}';
  const signature = webhook.sign('msg_1', new Date(now * 1000), text);
  const headers = { 'webhook-id': 'msg_1', 'webhook-signature': signature };
  expect(fault(headers, { body: Buffer.from(text) })).toBeUndefined();
});

test('takes any one of several signatures, as while a secret is replaced', () => {
  expect(fault({ 'webhook-signature': `v1,AAAA ${published} v1a,BBBB` })).toBeUndefined();
});

test.each([
  ['another body', {}, { body: Buffer.from('{"test":2432232314}') }],
  ['another secret', {}, { secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDMfKQ9r8G' }],
  ['another id', { 'webhook-id': 'msg_2' }, {}],
  ['another time', { 'webhook-timestamp': String(now + 1) }, {}],
  ['another version', { 'webhook-signature': published.replace('v1', 'v2') }, {}],
  ['a signature that is cut off', { 'webhook-signature': published.slice(0, -1) }, {}],
  ['no version', { 'webhook-signature': published.slice(3) }, {}],
  ['an empty signature', { 'webhook-signature': '' }, {}],
])('refuses %s', (_name, headers, given) => {
  expect(fault(headers, given)).toMatch(/signature is wrong/);
});

test('refuses bodies that only look alike once they are decoded', () => {
  const signature = new Webhook(secret).sign('msg_1', new Date(now * 1000), '�');
  const headers = { 'webhook-id': 'msg_1', 'webhook-signature': signature };
  expect(fault(headers, { body: Buffer.from([0xff]) })).toMatch(/signature is wrong/);
});

test('takes a time within five minutes, either way, and no other', () => {
  expect(fault({}, { now: now + 300 })).toBeUndefined();
  expect(fault({}, { now: now - 300 })).toBeUndefined();
  expect(fault({}, { now: now + 301 })).toMatch(/five minutes/);
  expect(fault({}, { now: now - 301 })).toMatch(/five minutes/);
});

test.each([
  '1614265330abc',
  '1614265330.0',
  '+1614265330',
  '0x6037C932',
  ' 1614265330',
  '01614265330',
  '-1',
  'NaN',
])('refuses the timestamp "%s"', (timestamp) => {
  expect(fault({ 'webhook-timestamp': timestamp })).toMatch(/webhook-timestamp is malformed/);
});

test('refuses an id with a full stop, by which the signed text could be split otherwise', () => {
  expect(fault({ 'webhook-id': 'msg.1' })).toMatch(/webhook-id is malformed/);
});

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('needs one %s', (name) => {
  expect(fault({ [name]: undefined })).toMatch(/missing/);
  expect(fault({ [name]: ['a', 'b'] })).toMatch(/missing/);
});
