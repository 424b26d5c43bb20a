import { type EgressClient, EgressError, type EgressRequest } from '@careerhooks/egress';
import { sendRequest } from '../../../../destinations/src/webhook/send-request';

const REQUEST = {
  url: 'https://hooks.example.com/events',
  headers: { 'webhook-id': '1' },
  body: Buffer.from('{}'),
  timeoutMs: 1_000,
};

/** A guard that answers what it is given, and keeps what it was asked. */
function egressThat(answer: () => Awaited<ReturnType<EgressClient['request']>>) {
  const asked: EgressRequest[] = [];
  const client: EgressClient = {
    request: async (request) => {
      asked.push(request);
      return Promise.resolve(answer());
    },
    close: () => Promise.resolve(),
  };
  return { client, asked };
}

test('a webhook is posted as it was prepared, and its answer kept', async () => {
  const body = Buffer.from('OK');
  const egress = egressThat(() => ({
    status: 202,
    headers: { server: 'example' },
    body,
    truncated: false,
    durationMs: 3,
  }));
  expect(await sendRequest(REQUEST, egress.client)).toEqual({
    statusCode: 202,
    headers: { server: 'example' },
    body,
    error: null,
  });
  expect(egress.asked).toEqual([{ method: 'POST', ...REQUEST }]);
});

test('of an answer that broke off, what had come is kept beside the error', async () => {
  const answer = { status: 503, headers: { 'retry-after': '7' }, body: Buffer.from('soo') };
  const error = new EgressError('connection_reset', { answer });
  const { client } = egressThat(() => {
    throw error;
  });
  expect(await sendRequest(REQUEST, client)).toEqual({
    statusCode: 503,
    headers: answer.headers,
    body: answer.body,
    error,
  });
});

test('where nothing came, there is the error alone', async () => {
  const error = new EgressError('connection_refused');
  const { client } = egressThat(() => {
    throw error;
  });
  expect(await sendRequest(REQUEST, client)).toEqual({
    statusCode: null,
    headers: {},
    body: null,
    error,
  });
});

test('an error that is nobody’s but ours is not taken for the receiver’s', async () => {
  const { client } = egressThat(() => {
    throw new RangeError('timeoutMs must be above 0 and below 2^31.');
  });
  await expect(sendRequest(REQUEST, client)).rejects.toThrow(RangeError);
});
