import { type AcceptedEvent, type NewEvent, StoreError } from '@careerhooks/store';
import {
  acceptanceOf,
  type JsonObject,
  type System,
  validateEventData,
} from '@careerhooks/systems';
import { z } from 'zod';
import { type Caller, systemFor, userFor } from '../../access/caller';
import { acceptedEventExample, newEventExample } from '../../examples/event';
import { defineOperation } from '../../operation';
import { Problem } from '../../problems/problem';
import { toProblem } from '../../problems/to-problem';
import { acceptance, type acceptedEvent, type newEvent, publication } from '../../schemas/event';
import { producerId } from '../../schemas/common';
import { requireSystem } from '../require-system';
import { chooseTexts, type ChosenTexts } from './choose-texts';
import { readTexts, type SentEvent } from './read-texts';
import { requireFitting } from './require-fitting';

export const publishEventsOperation = defineOperation({
  id: 'publishEvents',
  method: 'post',
  path: '/v1/events',
  tag: 'Events',
  summary: 'Publish an event, or a batch of up to 500',
  description:
    'A 202 means that the events and their deliveries are durable. Repeating a publication with the same `Idempotency-Key`, or an event with the same `id`, gives the first answer with `duplicate: true`. The body is at most 1 MiB, and nested 64 deep at most; so is, in bytes, what is sent of each event with its envelope. `data` and `previous_attributes` are sent token by token as they are here, without white space: numbers keep all their digits, keys their order. RoleReady’s are sent in the form of JavaScript’s `JSON.stringify`, and a number that it cannot hold is refused.',
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
    const publicationKey = readIdempotencyKey(header('idempotency-key'));
    // A space, since no key has one: an event's own key never looks like a batch's.
    const events = readTexts(sent()).map((sentEvent, index) =>
      toNewEvent({
        sentEvent,
        caller,
        path: 'events' in body ? `events[${index}].` : '',
        idempotencyKey:
          publicationKey !== undefined && 'events' in body
            ? `${publicationKey} ${index}`
            : publicationKey,
      }),
    );
    const [accepted] = await intake.add([events]);
    if (accepted instanceof StoreError) throw accepted;
    const results = accepted ?? [];
    results.forEach(({ duplicate }, index) =>
      metrics.eventsAccepted.inc({
        system: events[index]?.system ?? '',
        duplicate: String(duplicate),
      }),
    );
    const json = results.map(presentAccepted);
    return { status: 202, json: 'events' in body ? { events: json } : json[0] };
  },
});

function presentAccepted({
  id,
  type,
  deliveries,
  duplicate,
}: AcceptedEvent): z.output<typeof acceptedEvent> {
  return { id, type, deliveries, duplicate };
}

function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (producerId.safeParse(header).success) return header;
  throw new Problem(
    'invalid_request',
    'Idempotency-Key must be 1 to 128 visible ASCII characters without spaces.',
    [
      {
        path: 'Idempotency-Key',
        message: 'must be 1 to 128 visible ASCII characters without spaces',
      },
    ],
  );
}

function toNewEvent(given: {
  sentEvent: SentEvent;
  caller: Caller;
  path: string;
  idempotencyKey: string | undefined;
}): NewEvent {
  const { sentEvent, caller, path, idempotencyKey } = given;
  const { event } = sentEvent;
  const system = requireSystem(systemFor(caller, event.system));
  const user = userFor(caller, event.user) ?? system.soleUser;
  if (user === undefined) {
    throw new Problem('invalid_request', `Say whose event it is: ${path}user is missing.`, [
      { path: `${path}user`, message: 'is missing, and the key is not bound to a user' },
    ]);
  }
  checkData(system, event, path);
  const { id, type } = event;
  const { compared, ...chosen } = chooseTexts(system, sentEvent);
  requireFitting(system, { ...(id !== undefined && { id }), type, user, ...chosen }, path);
  return {
    system: system.key,
    user,
    type,
    ...plain(chosen),
    ...(compared && { compared: plain(compared) }),
    ...(id !== undefined && { id }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    // Checked against the catalogue: JSON it is anyway.
    ...acceptanceOf(system, event.type, event.data as JsonObject),
  };
}

function plain({ data, previousAttributes }: ChosenTexts): {
  data: string;
  previousAttributes?: string;
} {
  return {
    data: data.text,
    ...(previousAttributes && { previousAttributes: previousAttributes.text }),
  };
}

/** The catalogue's check, with issues that name the event's place in the batch. */
function checkData(system: System, event: z.output<typeof newEvent>, path: string): void {
  try {
    validateEventData(system, event.type, event.data);
  } catch (error) {
    const problem = toProblem(error);
    if (problem === undefined || path === '') throw error;
    const issues = problem.issues.map((issue) => ({ ...issue, path: path + issue.path }));
    throw new Problem(problem.code, `${path.slice(0, -1)}: ${problem.detail}`, issues);
  }
}
