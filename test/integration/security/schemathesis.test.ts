import { PRODUCTS } from '../../../server/src/products';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { startJourney } from '../../support/journey';
import { runSchemathesis } from './schemathesis';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks({ CAREERHOOKS_RATE_LIMIT: '0' });
});
afterAll(() => careerHooks.stop());

/** A user of the system with an endpoint, an event and its delivery, which generated ids become. */
async function known(system: string): Promise<{ token: string; env: Record<string, string> }> {
  const journey = await startJourney(careerHooks, system);
  const endpoint = await journey.register();
  const event = await journey.publish();
  const delivery = await journey.until(event, 'delivered');
  return {
    token: journey.token,
    env: {
      RECEIVER_URL: journey.receiver.url,
      ENDPOINT_ID: endpoint.id,
      EVENT_ID: event.id,
      DELIVERY_ID: delivery.id,
    },
  };
}

/** Expects that it found nothing; where it did, its own words are the failure. */
async function expectNothingFound(run: ReturnType<typeof runSchemathesis>): Promise<void> {
  const { exitCode, output } = await run;
  if (exitCode !== 0) throw new Error(output);
  expect(output).toMatch(/[1-9]\d* generated, [1-9]\d* passed/);
}

test('every answer to the admin is as the OpenAPI document says', async () => {
  const { env } = await known('roleready');
  await expectNothingFound(
    runSchemathesis({
      document: `${careerHooks.url}/openapi.json`,
      token: careerHooks.token,
      // It reads GitHub, makes PDFs and tells people; the CV's own tests have it.
      without: ['changeCv'],
      phases: ['coverage', 'fuzzing'],
      maxExamples: 10,
      env,
    }),
  );
});

test('every answer to a key is as the OpenAPI document says', async () => {
  const { env, token } = await known('pathfinder');
  await expectNothingFound(
    runSchemathesis({
      document: `${careerHooks.url}/openapi.json`,
      token,
      without: [],
      phases: ['fuzzing'],
      maxExamples: 5,
      env,
    }),
  );
});

test.each(PRODUCTS)(
  'every answer of $system’s own API is as its document says',
  async ({ system }) => {
    const { env, token } = await known(system);
    await expectNothingFound(
      runSchemathesis({
        document: `${careerHooks.url}/${system}/openapi.json`,
        token,
        without: [],
        phases: ['coverage', 'fuzzing'],
        maxExamples: 4,
        env,
      }),
    );
  },
);
