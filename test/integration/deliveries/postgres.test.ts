import { Webhook } from 'standardwebhooks';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { createDatabase, type TestDatabase } from '../../support/databases';
import { type ShownEvent, startJourney } from '../../support/journey';

// The key journeys once more, on a pool of connections, with locks and types of its own.
describe('on PostgreSQL', () => {
  let database: TestDatabase;
  let careerHooks: TestCareerHooks;
  beforeAll(async () => {
    database = await createDatabase('postgres');
    const { databaseUrl } = database.location as { databaseUrl: string };
    careerHooks = await startTestCareerHooks({ DATABASE_URL: databaseUrl });
  });
  afterAll(async () => {
    await careerHooks.stop();
    await database.drop();
  });

  test.concurrent('an event is delivered, signed and logged', async () => {
    const journey = await startJourney(careerHooks, 'proposals');
    const { signing_key } = await journey.register();
    const event = await journey.publish();
    const delivery = await journey.until(event, 'delivered');
    const [{ body, headers }] = journey.receiver.requests as [
      (typeof journey.receiver.requests)[0],
    ];
    expect(() =>
      new Webhook(signing_key).verify(body, headers as Record<string, string>),
    ).not.toThrow();
    expect(delivery.attempts).toMatchObject([{ number: 1, succeeded: true, status_code: 200 }]);
    expect(Date.parse(delivery.attempts[0]!.started_at)).toBeGreaterThan(Date.now() - 60_000);
  });

  test.concurrent('a delivery fails, is listed, counted and replayed', async () => {
    const journey = await startJourney(careerHooks, 'pathfinder');
    const { id } = await journey.register();
    journey.receiver.answer = () => ({ status: 500, body: 'not\0now' });
    const event = await journey.publish();
    await journey.until(event, 'failed');
    const listed = await journey.call('GET', `/v1/deliveries?status=failed&endpoint=${id}`);
    expect(listed.body.data).toHaveLength(1);
    const stats = await journey.call('GET', `/v1/stats?endpoint=${id}`);
    expect(stats.body.deliveries).toEqual({
      total: 1,
      by_status: { failed: 1 },
      success_rate: 0,
      average_attempts: 3,
    });
    journey.receiver.answer = () => ({});
    const replay = await journey.call('POST', `/v1/endpoints/${id}/replay`);
    expect(replay.body).toEqual({ replayed: 1 });
    expect((await journey.until(event, 'delivered')).attempts).toHaveLength(4);
  });

  test.concurrent('an endpoint is paused, resumed and keeps the order', async () => {
    const journey = await startJourney(careerHooks);
    const { id } = await journey.register({ ordered: true });
    await journey.call('POST', `/v1/endpoints/${id}/pause`);
    const ids: string[] = [];
    for (let index = 0; index < 4; index++) ids.push((await journey.publish()).id);
    await journey.call('POST', `/v1/endpoints/${id}/resume`);
    await journey.receiver.waitFor(4);
    expect(
      journey.receiver.requests.map(({ headers }) => headers['x-careerhooks-event-id']),
    ).toEqual(ids);
  });

  test.concurrent(
    'publishing the same at once makes one event, and a conflict nothing',
    async () => {
      const journey = await startJourney(careerHooks);
      await journey.register();
      const events = await Promise.all(
        Array.from({ length: 20 }, () => journey.publish({ id: 'same' })),
      );
      expect(events.filter(({ duplicate }: ShownEvent) => !duplicate)).toHaveLength(1);
      const conflict = await journey.call('POST', '/v1/events', {
        events: [
          {
            type: 'resume.parse_failed',
            data: { fileName: 'a', error: 'b', failedAt: '2026-01-01T00:00:00Z' },
            id: 'same',
          },
        ],
      });
      expect([conflict.status, conflict.body.code]).toEqual([409, 'idempotency_conflict']);
      const { body } = await journey.call('GET', '/v1/events');
      expect(body.data).toHaveLength(1);
    },
  );

  test.concurrent('fifty events from ten producers arrive once each', async () => {
    const journey = await startJourney(careerHooks, 'resumebuilder');
    await journey.register();
    const producers = Array.from({ length: 10 }, async () => {
      for (let index = 0; index < 5; index++) await journey.publish();
    });
    await Promise.all(producers);
    await journey.receiver.waitFor(50, 40_000);
    const ids = journey.receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(50);
  });
});
