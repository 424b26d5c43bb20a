import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { startJourney } from '../../support/journey';
import { waitUntil } from '../../support/wait-until';

/** Registers the URL for a system whose endpoints need no challenge; gives status and code. */
async function register(careerHooks: TestCareerHooks, url: string): Promise<unknown[]> {
  const { status, body } = await careerHooks.call('POST', '/v1/endpoints', {
    system: 'roleready',
    url,
    events: ['*'],
    verify: false,
  });
  return [status, body.code];
}

describe('in production', () => {
  let careerHooks: TestCareerHooks;
  beforeAll(async () => {
    careerHooks = await startTestCareerHooks({ NODE_ENV: 'production' });
  });
  afterAll(() => careerHooks.stop());

  test('an endpoint has to be https', async () => {
    expect(await register(careerHooks, 'http://93.184.216.34/hook')).toEqual([422, 'invalid_url']);
    expect(await register(careerHooks, 'https://93.184.216.34/hook')).toEqual([201, undefined]);
  });

  test.each([
    'https://10.0.0.1/',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://api.localhost/',
    'https://localhost./',
    'https://169.254.169.254/latest/meta-data/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[64:ff9b::a00:1]/',
    'https://192.168.1.1:8443/',
  ])('%s is not public', async (url) => {
    expect(await register(careerHooks, url)).toEqual([422, 'private_address']);
  });

  test('neither can an endpoint be moved there', async () => {
    const { body } = await careerHooks.call('POST', '/v1/endpoints', {
      system: 'roleready',
      url: 'https://93.184.216.34/moved',
      events: ['*'],
      verify: false,
    });
    const moved = await careerHooks.call('PATCH', `/v1/endpoints/${body.id}`, {
      url: 'https://10.0.0.1/',
    });
    expect([moved.status, moved.body.code]).toEqual([422, 'private_address']);
    expect((await careerHooks.call('GET', `/v1/endpoints/${body.id}`)).body.url).toBe(
      'https://93.184.216.34/moved',
    );
  });
});

test('CAREERHOOKS_ALLOW_CIDRS exempts networks, and no others', async () => {
  const careerHooks = await startTestCareerHooks({
    NODE_ENV: 'production',
    CAREERHOOKS_ALLOW_CIDRS: '10.1.0.0/16, fd00::/8',
  });
  try {
    expect(await register(careerHooks, 'https://10.1.2.3/')).toEqual([201, undefined]);
    expect(await register(careerHooks, 'https://[fd00::1]/')).toEqual([201, undefined]);
    expect(await register(careerHooks, 'https://10.2.0.1/')).toEqual([422, 'private_address']);
    expect(await register(careerHooks, 'http://10.1.2.3/')).toEqual([422, 'invalid_url']);
  } finally {
    await careerHooks.stop();
  }
});

test('an endpoint from before production gets nothing: the guard also stands at delivery', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-test-'));
  const before = await startTestCareerHooks({ CAREERHOOKS_DATA_DIR: dataDir });
  const journey = await startJourney(before);
  const { id } = await journey.register({ max_retries: 0 });
  await journey.call('POST', `/v1/endpoints/${id}/pause`);
  const event = await journey.publish();
  await before.stop();

  const after = await startTestCareerHooks({
    NODE_ENV: 'production',
    CAREERHOOKS_DATA_DIR: dataDir,
  });
  try {
    await after.call('POST', `/v1/endpoints/${id}/resume`);
    const { body } = await waitUntil(
      () => after.call('GET', `/v1/deliveries?event=${event.id}`),
      (answer) => answer.body.data[0].status === 'failed',
    );
    expect(body.data).toMatchObject([{ last_error_code: 'url_scheme', last_status_code: null }]);
    expect(journey.receiver.requests).toHaveLength(0);
  } finally {
    await after.stop();
    await rm(dataDir, { recursive: true });
  }
});
