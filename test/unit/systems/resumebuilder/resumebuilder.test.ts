import fc from 'fast-check';
import { encodeBody, JsonText, validateEventData, type JsonObject } from '@careerhooks/systems';
import { sampleDelivery, sampleEvent, system } from '../../../support/sample-deliveries';
import { anyObject } from '../../../support/any-json';

const resumebuilder = system('resumebuilder');

function bodyOf(type: string, data?: JsonObject): JsonObject {
  const event = sampleEvent(resumebuilder, type, data && { data });
  return JSON.parse(encodeBody(resumebuilder, event, { id: 'd' }).toString()) as JsonObject;
}

test('the body is the documented payload, after type and entity', () => {
  const event = sampleEvent(resumebuilder, 'user.email_verified', {
    data: { user_id: 'u', email: 'user@example.com', full_name: 'User Name', verified_at: 'now' },
  });
  expect(encodeBody(resumebuilder, event, { id: 'd' }).toString()).toBe(
    '{"event_type":"user.email_verified","event_id":"u","user_id":"u",' +
      '"email":"user@example.com","full_name":"User Name","verified_at":"now"}',
  );
});

test.each([
  ['export.completed', 'resume_id'],
  ['export.failed', 'resume_id'],
  ['resume.created', 'resume_id'],
  ['resume.updated', 'resume_id'],
  ['resume.deleted', 'resume_id'],
  ['user.email_verified', 'user_id'],
  ['user.password_changed', 'user_id'],
])('the event id of %s is its %s', (type, field) => {
  const { example } = resumebuilder.events[type]!;
  expect(bodyOf(type)).toEqual({ event_type: type, event_id: example[field], ...example });
});

test.each([
  ['another spelling', String.raw`{"resume_id":"caf\u00e9 \/"}`, '"café /"'],
  ['its key in another spelling', String.raw`{"resume\u005fid":"a"}`, '"a"'],
  ['no text', '{"resume_id":7}', '"evt_1234567890"'],
  ['not its own', '{"of":{"resume_id":"a"},"x":["resume_id"]}', '"evt_1234567890"'],
])('the event id of a payload whose resume_id is %s', (_, payload, id) => {
  const event = { ...sampleEvent(resumebuilder, 'resume.created'), data: new JsonText(payload) };
  expect(encodeBody(resumebuilder, event, { id: 'd' }).toString()).toBe(
    `{"event_type":"resume.created","event_id":${id},${payload.slice(1)}`,
  );
});

test.each(['analysis.completed', 'analysis.failed', 'generation.completed', 'generation.failed'])(
  '%s has no documented entity: its event id is its own',
  (type) => {
    expect(bodyOf(type)).toHaveProperty('event_id', 'evt_1234567890');
  },
);

test('a field of the payload is never shadowed', () => {
  const data = { user_id: 'u', event_type: 'theirs', event_id: 7 };
  expect(bodyOf('analysis.completed', data)).toEqual(data);
});

function sent(payload: string): string {
  const event = {
    ...sampleEvent(resumebuilder, 'analysis.completed'),
    data: new JsonText(payload),
  };
  return encodeBody(resumebuilder, event, { id: 'd' }).toString();
}

const own = '"event_type":"analysis.completed","event_id":"evt_1234567890"';

test.each([
  ['{}', `{${own}}`],
  ['{"n":9123456789654321987,"e":1e400}', `{${own},"n":9123456789654321987,"e":1e400}`],
  ['{"b":1.0,"2":"caf\\u00e9","1":0}', `{${own},"b":1.0,"2":"caf\\u00e9","1":0}`],
  ['{"2":1.0,"b":2}', `{"2":1.0,${own},"b":2}`],
  [
    '{"1":1,"b":1.0,"\\u0065vent_id":1e2}',
    '{"1":1,"event_type":"analysis.completed","\\u0065vent_id":1e2,"b":1.0}',
  ],
])('the payload %s is sent token by token, after type and entity', (payload, body) => {
  expect(sent(payload)).toBe(body);
});

test('a payload in the form of JavaScript is sent in the bytes that earlier versions sent', () => {
  fc.assert(
    fc.property(anyObject, (tokens) => {
      const payload = JSON.parse(tokens.join('')) as JsonObject;
      const fields = { event_type: 'analysis.completed', event_id: 'evt_1234567890' };
      expect(sent(JSON.stringify(payload))).toBe(JSON.stringify({ ...fields, ...payload }));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  [
    'export.completed',
    {
      resume_id: '7f9c24e8-3b12-4fef-91e0-b56a2d5a9d3c',
      user_id: '2c1d43b5-8f0a-4d6e-9a7b-1f5e0c9d8e72',
      format: 'docx',
      template: 'modern',
      size_bytes: 123456,
      title: 'Resume Title',
    },
  ],
  [
    'export.failed',
    {
      resume_id: '7f9c24e8-3b12-4fef-91e0-b56a2d5a9d3c',
      user_id: '2c1d43b5-8f0a-4d6e-9a7b-1f5e0c9d8e72',
      format: 'docx',
      template: 'classic',
      error: 'Error message',
      title: 'Resume Title',
    },
  ],
])('%s is for DOCX as for PDF', (type, data) => {
  validateEventData(resumebuilder, type, data);
  const wrong = { ...data, format: 'odt', template: 'baroque' };
  expect(resumebuilder.events[type]!.schema.safeParse(wrong).error?.issues).toHaveLength(2);
});

test('ids are any text: the document leaves their format open', () => {
  const data = { ...resumebuilder.events['resume.created']!.example, resume_id: 'resume-1' };
  expect(() => validateEventData(resumebuilder, 'resume.created', data)).not.toThrow();
});

test('headers name event and delivery', () => {
  const { headers, deliveryId } = sampleDelivery(resumebuilder, 'export.completed');
  expect(headers['X-Webhook-Event']).toBe('export.completed');
  expect(headers['X-Webhook-Delivery-Id']).toBe(deliveryId);
  expect(headers['X-Webhook-Signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
});

test('a receiver has thirty seconds', () => {
  expect(resumebuilder.timeoutMs).toBe(30_000);
});

test('the headers beside the signature are those of the document', () => {
  const { headers, deliveryId } = sampleDelivery(resumebuilder, 'export.completed');
  expect(headers).toMatchObject({
    'X-Webhook-Event': 'export.completed',
    'X-Webhook-Delivery-Id': deliveryId,
    'User-Agent': 'ResumeBuilder-Webhook/1.0',
  });
});

test('the document asks for no challenge', () => {
  expect(resumebuilder.challengesByDefault).toBe(false);
});
