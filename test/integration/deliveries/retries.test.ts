import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { type ShownDelivery, startJourney } from '../../support/journey';
import type { ReceivedRequest, TestAnswer } from '../../support/receiver';
import { connectClient, type TestClient } from '../../support/temporal-client';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
let temporal: TestClient;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  temporal = await connectClient(careerHooks);
});
afterAll(async () => {
  await temporal.close();
  await careerHooks.stop();
});

/** How late an attempt may be on a machine that is busy with other tests, in milliseconds. */
const LATE_MS = 8_000;

/** Answers these in turn, and the last of them for ever. */
function inTurn(...answers: (TestAnswer | undefined)[]) {
  return (_request: ReceivedRequest, index: number): TestAnswer | undefined =>
    answers[Math.min(index, answers.length - 1)];
}

const OK = { status: 200 };
const BROKEN = { status: 500 };

/** Expects these pauses between the requests, in milliseconds. */
function expectPauses(requests: ReceivedRequest[], pauses: number[]): void {
  expect(requests).toHaveLength(pauses.length + 1);
  pauses.forEach((pause, index) => {
    const waited = requests[index + 1]!.at - requests[index]!.at;
    expect(waited).toBeGreaterThanOrEqual(pause);
    expect(waited).toBeLessThan(pause + LATE_MS);
  });
}

function codes(delivery: ShownDelivery): unknown[] {
  return delivery.attempts.map((attempt) => attempt.error_code);
}

// The tests mostly wait, so they wait together: each has a user and a receiver of its own.

test('a receiver that fails twice gets the event at the documented times', async () => {
  const journey = await startJourney(careerHooks, 'roleready');
  await journey.register();
  journey.receiver.answer = inTurn({ status: 500, body: 'out of order' }, { status: 502 }, OK);
  const event = await journey.publish();
  const delivery = await journey.until(event, 'delivered');

  expectPauses(journey.receiver.requests, [1_000, 5_000]);
  expect(delivery.attempts).toMatchObject([
    { number: 1, succeeded: false, status_code: 500, error_code: 'http_500' },
    { number: 2, succeeded: false, status_code: 502, error_code: 'http_502' },
    { number: 3, succeeded: true, status_code: 200, error_code: null },
  ]);
  expect(delivery.attempts[0]!.answer_excerpt).toBe('out of order');

  // Every attempt is seen in Temporal, too.
  expect(await temporal.result(delivery.workflow_id!)).toEqual({
    status: 'delivered',
    attempts: 3,
  });
  // The first was begun before its workflow was there.
  expect(await temporal.activities(delivery.workflow_id!)).toEqual([
    'sign',
    'adopt',
    'sign',
    'post',
    'sign',
    'post',
  ]);
});

test.concurrent('every attempt has the same body and id, its own time and signature', async () => {
  const journey = await startJourney(careerHooks, 'pathfinder');
  await journey.register();
  journey.receiver.answer = inTurn(BROKEN, BROKEN, OK);
  await journey.until(await journey.publish(), 'delivered');

  const { requests } = journey.receiver;
  expectPauses(requests, [1_000, 2_000]);
  const distinct = (name: string) => new Set(requests.map(({ headers }) => headers[name])).size;
  expect(new Set(requests.map(({ body }) => body.toString('hex'))).size).toBe(1);
  expect(distinct('webhook-id')).toBe(1);
  expect(distinct('webhook-timestamp')).toBe(3);
  expect(distinct('webhook-signature')).toBe(3);
  expect(
    requests.map(({ headers }) => [
      headers['x-careerhooks-attempt'],
      headers['x-careerhooks-last-attempt'],
    ]),
  ).toEqual([
    ['1', 'false'],
    ['2', 'false'],
    ['3', 'true'],
  ]);
});

test.concurrent('what failed for good is listed, and replayed with one call', async () => {
  const journey = await startJourney(careerHooks, 'pathfinder');
  const { id } = await journey.register();
  journey.receiver.answer = inTurn(BROKEN);
  const events = [await journey.publish(), await journey.publish()];
  for (const event of events) await journey.until(event, 'failed');
  expect(journey.receiver.requests).toHaveLength(6);

  const failed = await journey.call('GET', `/v1/deliveries?endpoint=${id}&status=failed`);
  expect(failed.body.data.map((row: { event_id: string }) => row.event_id).sort()).toEqual(
    events.map((event) => event.id).sort(),
  );

  journey.receiver.answer = inTurn(OK);
  const replay = await journey.call('POST', `/v1/endpoints/${id}/replay`);
  expect([replay.status, replay.body]).toEqual([202, { replayed: 2 }]);
  for (const event of events) {
    const delivery = await journey.until(event, 'delivered');
    expect(delivery.attempts.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  }
  const ids = journey.receiver.requests.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(2);
});

test.concurrent('a delivery that is retried by hand has its whole schedule again', async () => {
  const journey = await startJourney(careerHooks, 'pathfinder');
  await journey.register({ max_retries: 1 });
  journey.receiver.answer = inTurn(BROKEN, BROKEN, BROKEN, OK);
  const event = await journey.publish();
  const { id } = await journey.until(event, 'failed');

  const retried = await journey.call('POST', `/v1/deliveries/${id}/retry`);
  expect([retried.status, retried.body.status]).toEqual([202, 'pending']);
  const delivery = await journey.until(event, 'delivered');
  expect(delivery.attempts.map(({ succeeded }) => succeeded)).toEqual([false, false, false, true]);
  expect(journey.receiver.requests.map(({ headers }) => headers['x-careerhooks-attempt'])).toEqual([
    '1',
    '2',
    '3',
    '4',
  ]);
});

test.concurrent('a delivered event is sent again when it is asked for', async () => {
  const journey = await startJourney(careerHooks);
  await journey.register();
  const event = await journey.publish();
  const { id } = await journey.until(event, 'delivered');
  await journey.call('POST', `/v1/deliveries/${id}/retry`);
  const [first, second] = await journey.receiver.waitFor(2, 5_000);
  expect(second!.body.equals(first!.body)).toBe(true);
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  expect((await journey.until(event, 'delivered')).attempts).toHaveLength(2);
});

test.concurrent('max_retries 0 means one attempt', async () => {
  const journey = await startJourney(careerHooks);
  await journey.register({ max_retries: 0 });
  journey.receiver.answer = inTurn(BROKEN);
  const delivery = await journey.until(await journey.publish(), 'failed');
  expect(delivery).toMatchObject({
    attempt_count: 1,
    last_status_code: 500,
    last_error_code: 'http_500',
    next_attempt_at: null,
  });
  expect(journey.receiver.requests[0]!.headers['x-careerhooks-last-attempt']).toBe('true');
});

test.concurrent.each([429, 503])('Retry-After of %i is honoured', async (status) => {
  const journey = await startJourney(careerHooks, 'proposals');
  await journey.register();
  journey.receiver.answer = inTurn({ status, headers: { 'retry-after': '2' } }, OK);
  await journey.until(await journey.publish(), 'delivered');
  expectPauses(journey.receiver.requests, [2_000]);
});

test.concurrent('Retry-After may be a date, and is ignored on a 500', async () => {
  const journey = await startJourney(careerHooks, 'proposals');
  await journey.register();
  const at = new Date(Date.now() + 3_000);
  const header = { 'retry-after': at.toUTCString() };
  journey.receiver.answer = inTurn(
    { status: 500, headers: { 'retry-after': '60' } },
    { status: 503, headers: header },
    OK,
  );
  await journey.until(await journey.publish(), 'delivered');
  const [first, second, third] = journey.receiver.requests;
  expectPauses([first!, second!], [0]);
  expect(third!.at).toBeGreaterThanOrEqual(Math.floor(at.getTime() / 1000) * 1000);
  expect(third!.at).toBeLessThan(at.getTime() + LATE_MS);
});

test.concurrent.each(['864000', '99999999999999999'])(
  'a Retry-After of %s s is cut at the 24 h of the delivery',
  async (seconds) => {
    const journey = await startJourney(careerHooks);
    await journey.register();
    journey.receiver.answer = inTurn({ status: 503, headers: { 'retry-after': seconds } });
    const event = await journey.publish();
    const delivery = await journey.until(event, 'retrying');
    expect(delivery.next_attempt_at).toBe(delivery.expires_at);
    expect(delivery.attempt_count).toBe(1);
  },
);

test.concurrent.each([301, 302, 307, 308, 304])(
  'HTTP %i is a failure and is not followed',
  async (status) => {
    const journey = await startJourney(careerHooks);
    await journey.register({ max_retries: 0 });
    journey.receiver.answer = inTurn({ status, headers: { location: '/elsewhere' } });
    const delivery = await journey.until(await journey.publish(), 'failed');
    expect(delivery.attempts).toMatchObject([
      { succeeded: false, status_code: status, error_code: 'http_redirect' },
    ]);
    expect(journey.receiver.requests).toHaveLength(1);
  },
);

test.concurrent('an answer that does not come in time is a failure', async () => {
  const journey = await startJourney(careerHooks);
  await journey.register({ timeout_seconds: 1, max_retries: 0 });
  journey.receiver.answer = inTurn({ status: 200, delayMs: 2_500 });
  const delivery = await journey.until(await journey.publish(), 'failed');
  expect(delivery.attempts).toMatchObject([{ status_code: null, error_code: 'timeout' }]);
  expect(delivery.attempts[0]!.duration_ms).toBeGreaterThanOrEqual(1_000);
  expect(delivery.attempts[0]!.duration_ms).toBeLessThan(8_000);
});

test.concurrent('a connection that is refused or cut has its own error code', async () => {
  const journey = await startJourney(careerHooks, 'pathfinder');
  await journey.register({ max_retries: 1, verify: false });
  journey.receiver.answer = () => {
    void journey.receiver.stop();
    return undefined;
  };
  const delivery = await journey.until(await journey.publish(), 'failed');
  expect(codes(delivery)).toEqual(['connection_reset', 'connection_refused']);
  expect(delivery.attempts[1]!.error_message).toContain('refused');
});

test.concurrent('retry now makes the next attempt of a waiting delivery at once', async () => {
  const journey = await startJourney(careerHooks, 'resumebuilder');
  await journey.register();
  journey.receiver.answer = inTurn(BROKEN, OK);
  const event = await journey.publish();
  const waiting = await journey.until(event, 'retrying');
  expect(Date.parse(waiting.next_attempt_at!) - Date.now()).toBeGreaterThan(7_000);
  const { status } = await journey.call('POST', `/v1/deliveries/${waiting.id}/retry`);
  expect(status).toBe(202);
  const delivery = await journey.until(event, 'delivered', 3_000);
  expect(delivery.attempts).toHaveLength(2);
  expect(await temporal.result(waiting.workflow_id!)).toEqual({ status: 'delivered', attempts: 2 });
});

test.concurrent('a waiting delivery that is cancelled makes no further attempt', async () => {
  const journey = await startJourney(careerHooks, 'pathfinder');
  await journey.register();
  journey.receiver.answer = inTurn(BROKEN);
  const event = await journey.publish();
  const waiting = await journey.until(event, 'retrying');
  const cancelled = await journey.call('POST', `/v1/deliveries/${waiting.id}/cancel`);
  expect([cancelled.status, cancelled.body.status]).toEqual([200, 'cancelled']);
  expect(await temporal.result(waiting.workflow_id!)).toMatchObject({ status: 'cancelled' });

  const again = await journey.call('POST', `/v1/deliveries/${waiting.id}/cancel`);
  expect([again.status, again.body.code]).toEqual([409, 'delivery_finished']);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(journey.receiver.requests.length).toBeLessThanOrEqual(2);
  expect((await journey.deliveryOf(event)).status).toBe('cancelled');
});

test.concurrent('a delivery that is cancelled and retried at once goes out', async () => {
  const journey = await startJourney(careerHooks, 'resumebuilder');
  await journey.register();
  journey.receiver.answer = inTurn(BROKEN, OK);
  const event = await journey.publish();
  const { id } = await journey.until(event, 'retrying');
  await journey.call('POST', `/v1/deliveries/${id}/cancel`);
  await journey.call('POST', `/v1/deliveries/${id}/retry`);
  await journey.until(event, 'delivered', 10_000);
});

test('a delivery in Temporal has links, summaries and details for people', async () => {
  const journey = await startJourney(careerHooks);
  await journey.register();
  const event = await journey.publish();
  const delivery = await journey.until(event, 'delivered');
  expect(delivery.workflow_id).toBe(`delivery/${delivery.id}`);
  const described = await waitUntil(
    () => temporal.describe(delivery.workflow_id!),
    ({ status }) => status === 'COMPLETED',
  );
  expect(described.summary).toBe(`${event.type} to 127.0.0.1:${journey.receiver.port}`);
  expect(await temporal.activities(delivery.workflow_id!)).toEqual(['sign', 'adopt']);
  expect(described.details).toMatch(/attempt 1: HTTP 200 in \d+ ms/);
});
