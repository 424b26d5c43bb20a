import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import type { CallApi } from '../../support/call-api';
import { conformingApi } from '../../support/conforming';
import { example, type Journey, type ShownEvent, startJourney } from '../../support/journey';

let careerHooks: TestCareerHooks;
let call: CallApi;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  ({ call } = await conformingApi(careerHooks.call));
});
afterAll(() => careerHooks.stop());

const type = 'resume.parsed';
const data = example('roleready', type).data as Record<string, unknown>;

function publish(journey: Journey, body: unknown, key?: string) {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  return call('POST', '/v1/events', body, { token: journey.token, headers });
}

async function count(journey: Journey, what: 'events' | 'deliveries'): Promise<number> {
  const { body } = await call('GET', `/v1/${what}?limit=200`, undefined, { token: journey.token });
  return body.data.length as number;
}

test('an accepted event is shown as it was published', async () => {
  const journey = await startJourney(careerHooks, 'pathfinder');
  const updated = 'user.updated';
  const sent = {
    type: updated,
    data: example('pathfinder', updated).data,
    previous_attributes: { name: 'Ada' },
    id: 'order-7',
  };
  const accepted = await publish(journey, sent);
  expect([accepted.status, accepted.body]).toEqual([
    202,
    { id: 'order-7', type: updated, deliveries: 0, duplicate: false },
  ]);
  const shown = await call('GET', '/v1/events/order-7', undefined, { token: journey.token });
  expect(shown.body).toMatchObject({ ...sent, system: 'pathfinder', user: journey.user });
});

test('the admin says whose event of two with the same id is meant', async () => {
  const [one, other] = [await startJourney(careerHooks), await startJourney(careerHooks)];
  await publish(one, { type, data, id: 'shared' });
  await publish(other, { type, data, id: 'shared' });
  const shown = await call('GET', `/v1/events/shared?user=${one.user}`);
  expect(shown.body.user).toBe(one.user);
});

test('an event of a system without users needs none', async () => {
  const journey = await startJourney(careerHooks, 'cv');
  await journey.register({ verify: false });
  const accepted = await publish(journey, {
    type: 'cv.updated',
    data: example('cv', 'cv.updated').data,
  });
  expect([accepted.status, accepted.body.deliveries]).toEqual([202, 1]);
  const shown = await call('GET', `/v1/events/${accepted.body.id}`, undefined, {
    token: journey.token,
  });
  expect(shown.body.user).toBe('default');
});

describe('publishing again', () => {
  test('with the same id or Idempotency-Key gives the first answer and sends nothing', async () => {
    const journey = await startJourney(careerHooks);
    await journey.register();
    const byId = await publish(journey, { type, data, id: 'e1' });
    const byKey = await publish(journey, { type, data }, 'k1');
    await journey.receiver.waitFor(2);

    const again = [
      await publish(journey, { type, data, id: 'e1' }),
      await publish(journey, { type, data }, 'k1'),
    ];
    expect(again.map(({ status }) => status)).toEqual([202, 202]);
    expect(again.map(({ body }) => body as ShownEvent)).toEqual([
      { ...byId.body, duplicate: true },
      { ...byKey.body, duplicate: true },
    ]);
    expect([await count(journey, 'events'), await count(journey, 'deliveries')]).toEqual([2, 2]);
    expect(journey.receiver.requests).toHaveLength(2);
  });

  test('twenty times at once makes one event', async () => {
    const journey = await startJourney(careerHooks);
    await journey.register();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => publish(journey, { type, data }, 'at-once')),
    );
    expect(new Set(answers.map(({ body }) => (body as ShownEvent).id)).size).toBe(1);
    expect(answers.filter(({ body }) => !(body as ShownEvent).duplicate)).toHaveLength(1);
    expect([await count(journey, 'events'), await count(journey, 'deliveries')]).toEqual([1, 1]);
  });

  test('with other content is a conflict that changes nothing', async () => {
    const journey = await startJourney(careerHooks);
    await publish(journey, { type, data, id: 'e1' }, 'k1');
    const other = { ...data, fileName: 'other.pdf' };
    for (const answer of [
      await publish(journey, { type, data: other, id: 'e1' }),
      await publish(journey, { type, data: other }, 'k1'),
      await publish(journey, {
        events: [
          { type, data },
          { type, data: other, id: 'e1' },
        ],
      }),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'idempotency_conflict']);
    }
    expect(await count(journey, 'events')).toBe(1);
  });

  test("does not meet another user's ids and keys", async () => {
    const [one, other] = [await startJourney(careerHooks), await startJourney(careerHooks)];
    await publish(one, { type, data, id: 'mine' }, 'my-key');
    const { body } = await publish(other, { type, data, id: 'mine' }, 'my-key');
    expect(body.duplicate).toBe(false);
  });
});

describe('a batch', () => {
  test('of 500 is accepted in its order', async () => {
    const journey = await startJourney(careerHooks);
    const events = Array.from({ length: 500 }, (_, index) => ({ type, data, id: `e${index}` }));
    const { status, body } = await publish(journey, { events });
    expect(status).toBe(202);
    expect(body.events.map(({ id }: ShownEvent) => id)).toEqual(events.map(({ id }) => id));
    const page = await call('GET', '/v1/events?limit=2', undefined, { token: journey.token });
    expect(page.body.data.map(({ id }: ShownEvent) => id)).toEqual(['e499', 'e498']);
  });

  test('of 501 is refused', async () => {
    const journey = await startJourney(careerHooks);
    const { status, body } = await publish(journey, { events: Array(501).fill({ type, data }) });
    expect([status, body.code]).toEqual([422, 'invalid_request']);
  });

  test('under one Idempotency-Key is accepted once', async () => {
    const journey = await startJourney(careerHooks);
    const events = [
      { type, data },
      { type, data },
      { type, data },
    ];
    const first = await publish(journey, { events }, 'batch-1');
    const again = await publish(journey, { events }, 'batch-1');
    expect(again.body.events).toEqual(
      first.body.events.map((event: ShownEvent) => ({ ...event, duplicate: true })),
    );
    expect(await count(journey, 'events')).toBe(3);
  });

  test('of several users and systems is the admin’s to publish', async () => {
    const one = await startJourney(careerHooks);
    const other = await startJourney(careerHooks, 'pathfinder');
    const updated = 'user.updated';
    const { status, body } = await call('POST', '/v1/events', {
      events: [
        { system: 'roleready', user: one.user, type, data },
        {
          system: 'pathfinder',
          user: other.user,
          type: updated,
          ...example('pathfinder', updated),
        },
      ],
    });
    expect([status, body.events?.length]).toEqual([202, 2]);
    expect([await count(one, 'events'), await count(other, 'events')]).toEqual([1, 1]);
  });
});

describe('registering', () => {
  test('answers 201, then 200 with the same endpoint and secret', async () => {
    const { receiver, token } = await startJourney(careerHooks);
    const register = (settings: object) =>
      call('POST', '/v1/endpoints', { url: receiver.url, ...settings }, { token });
    const first = await register({ events: ['resume.*'], description: 'first' });
    const second = await register({ events: ['*'] });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toMatchObject({
      id: first.body.id,
      secret: first.body.secret,
      events: ['*'],
      description: 'first',
    });
    const list = await call('GET', `/v1/endpoints?url=${encodeURIComponent(receiver.url)}`);
    expect(list.body.data).toHaveLength(1);
  });

  test('ten times at once makes one endpoint', async () => {
    const journey = await startJourney(careerHooks);
    const endpoints = await Promise.all(
      Array.from({ length: 10 }, () => journey.register({ verify: false })),
    );
    expect(new Set(endpoints.map(({ id }) => id)).size).toBe(1);
    expect(new Set(endpoints.map(({ secret }) => secret)).size).toBe(1);
  });

  test('the same URL for another user makes another endpoint, with other secrets', async () => {
    const [one, other] = [await startJourney(careerHooks), await startJourney(careerHooks)];
    const first = await one.register();
    const second = await other.register({ url: one.receiver.url });
    expect(second.id).not.toBe(first.id);
    expect(second.secret).not.toBe(first.secret);
  });

  test('settings are shown as they were given, and null gives back the default', async () => {
    const { receiver, token } = await startJourney(careerHooks);
    const settings = {
      description: 'CRM',
      schedule: 'extended',
      timeout_seconds: 5,
      max_retries: 2,
      ordered: true,
    };
    const { body } = await call(
      'POST',
      '/v1/endpoints',
      { url: receiver.url, events: ['*'], ...settings },
      { token },
    );
    expect(body).toMatchObject(settings);
    const cleared = { description: null, timeout_seconds: null, max_retries: null };
    const patched = await call('PATCH', `/v1/endpoints/${body.id}`, cleared, { token });
    expect(patched.body).toMatchObject({ ...cleared, schedule: 'extended', ordered: true });
  });
});
