import { encodeBody } from '@careerhooks/systems';
import { sampleDelivery, sampleEvent, system } from '../../../support/sample-deliveries';

const proposals = system('proposals');

test('the envelope is the one of the document, with the id that its advice reads', () => {
  const event = sampleEvent(proposals, 'job.started');
  expect(encodeBody(proposals, event, { id: 'd' }).toString()).toBe(
    '{"id":"evt_1234567890","type":"job.started","timestamp":"2024-11-14T10:05:00Z",' +
      '"data":{"job_id":"job_123","status":"processing"}}',
  );
});

test('the signature is bare hex', () => {
  const { headers } = sampleDelivery(proposals, 'job.completed');
  expect(headers['X-Webhook-Signature']).toMatch(/^[0-9a-f]{64}$/);
  expect(headers['X-Webhook-Event']).toBe('job.completed');
});

test('a receiver has five seconds', () => {
  expect(proposals.timeoutMs).toBe(5_000);
});

test('the headers beside the signature are those of the document', () => {
  const { headers } = sampleDelivery(proposals, 'job.completed');
  expect(headers).toMatchObject({
    'X-Webhook-Event': 'job.completed',
    'User-Agent': 'ProposalGenerator-Webhook/1.0',
  });
});

test('every endpoint is challenged', () => {
  expect(proposals.challengesByDefault).toBe(true);
});
