import createClient from 'openapi-fetch';
import type { components, paths } from './api.js';

const { CAREERHOOKS_URL, CAREERHOOKS_TOKEN, RECEIVER_URL, EVENT_DATA } = process.env;
const api = createClient<paths>({
  baseUrl: CAREERHOOKS_URL,
  headers: { authorization: `Bearer ${CAREERHOOKS_TOKEN}` },
});

/** The answer, or an exception where the API has a problem. */
function must<Data>({
  data,
  error,
}: {
  data?: Data;
  error?: components['schemas']['Problem'];
}): Data {
  if (data === undefined) throw new Error(error?.detail);
  return data;
}

const endpoint = must(
  await api.POST('/v1/endpoints', {
    body: {
      url: RECEIVER_URL!,
      events: ['resume.*'],
      verify: false,
      description: 'By openapi-fetch',
    },
  }),
);
const path = { id: endpoint.id };

const event = { type: 'resume.parsed', data: JSON.parse(EVENT_DATA!) as Record<string, unknown> };
const one = must(
  await api.POST('/v1/events', {
    body: event,
    params: { header: { 'Idempotency-Key': 'one' } },
  }),
);
const batch = must(
  await api.POST('/v1/events', { body: { events: [event, event, event, event] } }),
);
const accepted = [one, batch].flatMap((answer) => ('events' in answer ? answer.events : [answer]));

const pageAfter = async (cursor?: string) => {
  const query = { endpoint: endpoint.id, limit: 2, cursor };
  return must(await api.GET('/v1/deliveries', { params: { query } }));
};
const pages = [await pageAfter()];
for (let cursor = pages[0].next_cursor; cursor !== null; cursor = pages.at(-1)!.next_cursor) {
  pages.push(await pageAfter(cursor));
}

const patched = must(
  await api.PATCH('/v1/endpoints/{id}', {
    params: { path },
    body: { description: null, rate_limit: 50 },
  }),
);
const { deleted } = must(await api.DELETE('/v1/endpoints/{id}', { params: { path } }));

const gone = await api.GET('/v1/endpoints/{id}', { params: { path } });
const unknown = await api.POST('/v1/events', { body: { ...event, type: 'resume.burnt' } });

process.stdout.write(
  JSON.stringify({
    endpoint: endpoint.id,
    published: accepted.map(({ id }) => id),
    pages: pages.map(({ data }) => data.map((delivery) => delivery.id)),
    patched: { description: patched.description, rate_limit: patched.rate_limit },
    deleted,
    problems: [gone.error?.code, unknown.error?.code],
  }),
);
