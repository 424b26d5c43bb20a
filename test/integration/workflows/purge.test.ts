import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSealer, openStore, type Store } from '@careerhooks/store';
import { PURGE_ID } from '@careerhooks/workflows';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { startJourney } from '../../support/journey';
import { connectClient, type TestClient } from '../../support/temporal-client';
import { waitUntil } from '../../support/wait-until';

let careerHooks: TestCareerHooks;
let temporal: TestClient;
/** The instance's database, opened a second time to make its rows older. */
let store: Store;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks({ CAREERHOOKS_RETENTION_DAYS: '30' });
  temporal = await connectClient(careerHooks);
  const masterKey = await readFile(join(careerHooks.dataDir, 'master-key'), 'utf8');
  store = await openStore({
    file: join(careerHooks.dataDir, 'careerhooks.db'),
    sealer: createSealer([masterKey.trim()]),
  });
});
afterAll(async () => {
  await store.close();
  await temporal.close();
  await careerHooks.stop();
});

const DAY_MS = 86_400_000;

async function makeOlder(eventId: string, days: number): Promise<void> {
  await store.write.run('update events set created_at = created_at - ? where id = ?', [
    days * DAY_MS,
    eventId,
  ]);
}

test('a schedule removes what is finished and older than the retention, every night', async () => {
  const journey = await startJourney(careerHooks);
  const endpoint = await journey.register();
  const old = await journey.publish();
  const young = await journey.publish();
  const oldDelivery = await journey.until(old, 'delivered');
  await journey.until(young, 'delivered');
  await journey.call('POST', `/v1/endpoints/${endpoint.id}/pause`);
  const unfinished = await journey.publish();
  await makeOlder(old.id, 31);
  await makeOlder(young.id, 29);
  await makeOlder(unfinished.id, 31);

  const schedule = temporal.client.schedule.getHandle(PURGE_ID);
  const { spec, info } = await schedule.describe();
  expect(spec.calendars).toMatchObject([{ hour: [{ start: 3 }], minute: [{ start: 15 }] }]);
  expect(info.nextActionTimes.length).toBeGreaterThan(0);

  await schedule.trigger();
  const { info: triggered } = await waitUntil(
    () => schedule.describe(),
    ({ info: { recentActions } }) => recentActions.length > 0,
  );
  const { workflow } = triggered.recentActions[0]!.action;
  expect(workflow.workflowId).toContain(PURGE_ID);
  expect(await temporal.result(workflow.workflowId)).toEqual({ events: 1, endpoints: 0 });

  const statusOf = async (path: string): Promise<number> =>
    (await journey.call('GET', path)).status;
  expect(await statusOf(`/v1/events/${old.id}`)).toBe(404);
  expect(await statusOf(`/v1/deliveries/${oldDelivery.id}`)).toBe(404);
  expect(await statusOf(`/v1/events/${young.id}`)).toBe(200);
  expect(await statusOf(`/v1/events/${unfinished.id}`)).toBe(200);

  // What was held is still delivered.
  await journey.call('POST', `/v1/endpoints/${endpoint.id}/resume`);
  await journey.until(unfinished, 'delivered');
});
