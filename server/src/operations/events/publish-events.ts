import { type AcceptedEvent, type NewEvent, StoreError } from '@careerhooks/store';
import { systems } from '@careerhooks/systems';
import { z } from 'zod';
import type { ServerContext } from '../../context';
import { acceptedEventExample, newEventExample } from '../../examples/event';
import { defineOperation } from '../../operation';
import { acceptance, type acceptedEvent, publication } from '../../schemas/event';
import { producerId } from '../../schemas/common';
import { readIdempotencyKey } from './read-idempotency-key';
import { readTexts } from './read-texts';
import { toNewEvent } from './to-new-event';

export const publishEventsOperation = defineOperation({
  id: 'publishEvents',
  method: 'post',
  path: '/v1/events',
  tag: 'Events',
  summary: 'Publish an event, or a batch of up to 500',
  description:
    'A 202 means that the events and their deliveries are durable. Repeating a publication with the same `Idempotency-Key`, or an event with the same `id`, gives the first answer with `duplicate: true`. The body is at most 1 MiB, and nested 64 deep at most; so is, in bytes, what is sent of each event with its envelope. `data` and `previous_attributes` are sent token by token as they are here, without white space: numbers keep all their digits, keys their order.' +
    inJavaScriptsForm(),
  access: 'publish',
  headers: z.object({
    'Idempotency-Key': producerId.optional().meta({ description: 'Your key for this publication' }),
  }),
  body: publication,
  bodyExamples: { one: newEventExample, batch: { events: [newEventExample] } },
  responses: {
    '202': {
      description: 'Accepted: one result, or `{events: […]}` for a batch',
      schema: acceptance,
      examples: { one: acceptedEventExample, batch: { events: [acceptedEventExample] } },
    },
  },
  problems: [
    'idempotency_conflict',
    'unknown_system',
    'unknown_event_type',
    'invalid_event_data',
    'duplicate_key',
    'inexact_number',
    'event_too_large',
    'database_unavailable',
  ],
  async handle({ body, caller, header, sent }, { intake, metrics }) {
    const isBatch = 'events' in body;
    const key = readIdempotencyKey(header('idempotency-key'));
    // A space, since no key has one: an event's own key never looks like a batch's.
    const keyOf = (index: number) => (key !== undefined && isBatch ? `${key} ${index}` : key);
    const events = readTexts(sent()).map((event, index) => toNewEvent(event, caller, keyOf(index)));
    const [accepted = []] = await intake.add([events]);
    if (accepted instanceof StoreError) throw accepted;
    countAccepted(metrics, events, accepted);
    const results = accepted.map(presentAccepted);
    return { status: 202, json: isBatch ? { events: results } : results[0] };
  },
});

function countAccepted(
  metrics: ServerContext['metrics'],
  events: readonly NewEvent[],
  accepted: readonly AcceptedEvent[],
): void {
  accepted.forEach(({ duplicate }, index) =>
    metrics.eventsAccepted.inc({
      system: events[index]?.system ?? '',
      duplicate: String(duplicate),
    }),
  );
}

/** Of which systems the data is written again, and why a publication of theirs may be refused. */
function inJavaScriptsForm(): string {
  return [...systems.values()]
    .filter(({ bodyForm }) => bodyForm === 'javascript')
    .map(
      ({ name }) =>
        ` ${name}’s are sent in the form of JavaScript’s \`JSON.stringify\`, and a number that it cannot hold is refused.`,
    )
    .join('');
}

function presentAccepted({
  id,
  type,
  deliveries,
  duplicate,
}: AcceptedEvent): z.output<typeof acceptedEvent> {
  return { id, type, deliveries, duplicate };
}
