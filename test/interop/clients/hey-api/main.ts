import { createClient } from './api/client/index.js';
import {
  createEndpoint,
  deleteEndpoint,
  getEndpoint,
  listDeliveries,
  publishEvents,
  updateEndpoint,
} from './api/index.js';

const { CAREERHOOKS_URL, CAREERHOOKS_TOKEN, RECEIVER_URL, EVENT_DATA } = process.env;
const client = createClient({ baseUrl: CAREERHOOKS_URL!, auth: CAREERHOOKS_TOKEN! });

const { data: endpoint } = await createEndpoint({
  client,
  throwOnError: true,
  body: { url: RECEIVER_URL!, events: ['resume.*'], verify: false, description: 'By hey-api' },
});
const path = { id: endpoint.id };

const event = { type: 'resume.parsed', data: JSON.parse(EVENT_DATA!) as Record<string, unknown> };
const { data: one } = await publishEvents({
  client,
  throwOnError: true,
  headers: { 'Idempotency-Key': 'one' },
  body: event,
});
const { data: batch } = await publishEvents({
  client,
  throwOnError: true,
  body: { events: [event, event, event, event] },
});
const accepted = [one, batch].flatMap((answer) => ('events' in answer ? answer.events : [answer]));

const pageAfter = async (cursor?: string) => {
  const query = { endpoint: endpoint.id, limit: 2, cursor };
  return (await listDeliveries({ client, throwOnError: true, query })).data;
};
const pages = [await pageAfter()];
for (let cursor = pages[0].next_cursor; cursor !== null; cursor = pages.at(-1)!.next_cursor) {
  pages.push(await pageAfter(cursor));
}

const { data: patched } = await updateEndpoint({
  client,
  throwOnError: true,
  path,
  body: { description: null, rate_limit: 50 },
});
const { data: gone } = await deleteEndpoint({ client, throwOnError: true, path });

const missing = await getEndpoint({ client, path });
const unknown = await publishEvents({ client, body: { ...event, type: 'resume.burnt' } });

process.stdout.write(
  JSON.stringify({
    endpoint: endpoint.id,
    published: accepted.map(({ id }) => id),
    pages: pages.map(({ data }) => data.map((delivery) => delivery.id)),
    patched: { description: patched.description, rate_limit: patched.rate_limit },
    deleted: gone.deleted,
    problems: [missing.error?.code, unknown.error?.code],
  }),
);
