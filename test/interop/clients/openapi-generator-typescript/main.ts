import {
  Configuration,
  DeliveriesApi,
  EndpointsApi,
  EventsApi,
  type Problem,
  ProblemFromJSON,
  ResponseError,
} from './api/index.js';

const { CAREERHOOKS_URL, CAREERHOOKS_TOKEN, RECEIVER_URL, EVENT_DATA } = process.env;
const configuration = new Configuration({
  basePath: CAREERHOOKS_URL!,
  accessToken: CAREERHOOKS_TOKEN!,
});
const endpoints = new EndpointsApi(configuration);
const events = new EventsApi(configuration);
const deliveries = new DeliveriesApi(configuration);

/** The problem that a call meets. */
async function problemOf(call: Promise<unknown>): Promise<Problem> {
  const error: unknown = await call.catch((error: unknown) => error);
  if (error instanceof ResponseError) return ProblemFromJSON(await error.response.json());
  throw new Error('It met no problem.', { cause: error });
}

const endpoint = await endpoints.createEndpoint({
  newEndpoint: {
    url: RECEIVER_URL!,
    events: ['resume.*'],
    verify: false,
    description: 'By OpenAPI Generator',
  },
});
const { id } = endpoint;

const event = { type: 'resume.parsed', data: JSON.parse(EVENT_DATA!) as Record<string, unknown> };
const one = await events.publishEvents({ idempotencyKey: 'one', publication: event });
const batch = await events.publishEvents({
  publication: { events: [event, event, event, event] },
});
const accepted = [one, batch].flatMap((answer) => ('events' in answer ? answer.events : [answer]));

const pageAfter = (cursor?: string) =>
  deliveries.listDeliveries({ endpoint: id, limit: 2, cursor });
const pages = [await pageAfter()];
for (let cursor = pages[0].nextCursor; cursor !== null; cursor = pages.at(-1)!.nextCursor) {
  pages.push(await pageAfter(cursor));
}

const patched = await endpoints.updateEndpoint({
  id,
  endpointPatch: { description: null, rateLimit: 50 },
});
const { deleted } = await endpoints.deleteEndpoint({ id });

const gone = await problemOf(endpoints.getEndpoint({ id }));
const unknown = await problemOf(
  events.publishEvents({ publication: { ...event, type: 'resume.burnt' } }),
);

process.stdout.write(
  JSON.stringify({
    endpoint: id,
    published: accepted.map((event) => event.id),
    pages: pages.map(({ data }) => data.map((delivery) => delivery.id)),
    patched: { description: patched.description, rate_limit: patched.rateLimit },
    deleted,
    problems: [gone.code, unknown.code],
  }),
);
