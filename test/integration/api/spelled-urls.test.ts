import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { startJourney } from '../../support/journey';
import { startTestReceiver } from '../../support/receiver';
import { startUser } from '../products/user';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

/** The same URL, spelled otherwise; path and query stay as they are. */
function spelled(url: string): string {
  return `${url.replace('http://localhost', 'HTTP://LocalHost')}#part`;
}

/** With what must not be touched: an escape in lower case, an order, a signature. */
function withQuery({ port }: { port: number }): string {
  return `http://localhost:${port}/Hook%2fa?b=2&a=1&sig=x%2Bb+c%3d`;
}

test('registering a URL again in another spelling is 200 and the same endpoint', async () => {
  const journey = await startJourney(careerHooks);
  const url = withQuery(journey.receiver);
  const first = await journey.call('POST', '/v1/endpoints', { url, events: ['*'] });
  expect([first.status, first.body.url]).toEqual([201, url]);
  const again = await journey.call('POST', '/v1/endpoints', { url: spelled(url), events: ['*'] });
  expect([again.status, again.body.id]).toEqual([200, first.body.id]);
  expect(again.body).toMatchObject({
    url: spelled(url),
    status: 'active',
    secret: first.body.secret,
  });
  expect(journey.receiver.challenges).toHaveLength(1);

  await journey.until(await journey.publish(), 'delivered');
  expect(journey.receiver.requests.map(({ path }) => path)).toEqual([
    '/Hook%2fa?b=2&a=1&sig=x%2Bb+c%3d',
  ]);
});

test.each(['url', 'search'])('a list finds it by any spelling: %s', async (parameter) => {
  const journey = await startJourney(careerHooks);
  const url = withQuery(journey.receiver);
  const { id } = await journey.register({ url: spelled(url) });
  for (const wanted of [url, spelled(url)]) {
    const query = `${parameter}=${encodeURIComponent(wanted)}`;
    const { body } = await journey.call('GET', `/v1/endpoints?${query}`);
    expect(body.data).toMatchObject([{ id, url: spelled(url) }]);
  }
});

test('PATCH to another spelling needs no challenge; to that of another endpoint it is 409', async () => {
  const journey = await startJourney(careerHooks);
  const url = withQuery(journey.receiver);
  const { id } = await journey.register({ url });
  const respelled = await journey.call('PATCH', `/v1/endpoints/${id}`, { url: spelled(url) });
  expect(respelled.body).toMatchObject({ id, url: spelled(url), status: 'active' });
  expect(journey.receiver.challenges).toHaveLength(1);

  const other = await journey.register();
  const taken = await journey.call('PATCH', `/v1/endpoints/${other.id}`, { url });
  expect([taken.status, taken.body.code]).toEqual([409, 'url_taken']);
});

test.each([
  ['pathfinder', '/api/webhooks', { url: '', events: ['user.created'] }],
  ['resumebuilder', '/api/v1/webhooks', { url: '', events: ['resume.created'] }],
  ['proposals', '/api/webhooks', { url: '', events: ['job.completed'] }],
])("%s's own API has one webhook for all spellings", async (system, path, body) => {
  const user = await startUser(careerHooks, system, `/${system}`);
  const { url } = user.receiver;
  const first = await user.call('POST', path, { ...body, url });
  expect(first.status).toBeLessThan(300);
  await user.call('POST', path, { ...body, url: `${url}#part`.replace('http', 'HTTP') });
  const endpoints = await careerHooks.call('GET', `/v1/endpoints?search=${user.receiver.port}`);
  expect(endpoints.body.data).toMatchObject([{ url: `${url}#part`.replace('http', 'HTTP') }]);

  const elsewhere = await startTestReceiver();
  await user.call('POST', path, { ...body, url: elsewhere.url });
  const moved = await careerHooks.call('GET', `/v1/endpoints?search=${elsewhere.port}`);
  const change = `${path}/${moved.body.data[0].id}`;
  expect((await user.call('PUT', change, { url: `${url}#other` })).status).toBe(409);
  await elsewhere.stop();
});

test("RoleReady's configuration stays where it is, and is shown as it was given", async () => {
  const user = await startUser(careerHooks, 'roleready', '/roleready');
  const url = `${user.receiver.url}#part`;
  const first = await user.call('POST', '/api/webhooks/config', { url: user.receiver.url });
  const again = await user.call('POST', '/api/webhooks/config', { url });
  expect(again.body.config).toMatchObject({ id: first.body.config.id, url });
});
