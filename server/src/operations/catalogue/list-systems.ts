import { type EventType, operationalEventsOf, type System, systems } from '@careerhooks/systems';
import { z } from 'zod';
import { defineOperation } from '../../operation';
import { jsonObject } from '../../schemas/common';

const eventTypeOut = z
  .object({
    type: z.string().meta({ description: 'Event type' }),
    group: z.string().meta({ description: 'Which types it belongs to' }),
    description: z.string().meta({ description: 'When it is published' }),
    example: jsonObject.meta({ description: '`data` of an event, for example' }),
    data_schema: jsonObject.meta({ description: 'JSON Schema of `data`' }),
  })
  .meta({ id: 'EventType', description: 'A kind of event' });

const systemOut = z
  .object({
    key: z.string().meta({ description: 'What requests call it' }),
    name: z.string().meta({ description: 'What people call it' }),
    description: z.string().meta({ description: 'What it is' }),
    challenges_by_default: z
      .boolean()
      .meta({ description: 'Whether every URL has to answer a challenge' }),
    timeout_seconds: z.int().meta({ description: 'How long an answer may take' }),
    max_retries: z.number().int().meta({ description: 'Attempts after the first' }),
    retry_delays_seconds: z.array(z.number()).meta({ description: 'How long each of them waits' }),
    events: z.array(eventTypeOut).meta({ description: 'What is published' }),
    operational_events: z.array(eventTypeOut).meta({
      description:
        'What is told of deliveries themselves, for systems with critical events; an endpoint gets it only by name',
    }),
  })
  .meta({ id: 'CareerSystem', description: 'A product, and what it publishes' });

const systemsOut = z
  .object({ data: z.array(systemOut).meta({ description: 'The systems' }) })
  .meta({ id: 'SystemList', description: 'All systems' });

const SYSTEM_EXAMPLE: z.output<typeof systemOut> = {
  key: 'roleready',
  name: 'RoleReady',
  description: 'Tells when parsing, checking or tailoring a resume has ended.',
  challenges_by_default: false,
  timeout_seconds: 10,
  max_retries: 3,
  retry_delays_seconds: [1, 5, 15],
  // Spectral takes an object with `type` and `example` for a schema, wherever it is.
  events: [],
  operational_events: [],
};

export const listSystemsOperation = defineOperation({
  id: 'listSystems',
  method: 'get',
  path: '/v1/systems',
  tag: 'Systems',
  summary: 'List the systems and their event types',
  description:
    'What a producer may publish and an endpoint may get, with an example and a JSON Schema of each event’s data.',
  access: 'any',
  responses: {
    '200': {
      description: 'All systems',
      schema: systemsOut,
      examples: { example: { data: [SYSTEM_EXAMPLE] } },
    },
  },
  handle: () =>
    Promise.resolve({ status: 200, json: { data: [...systems.values()].map(presentSystem) } }),
});

function presentSystem(system: System): z.output<typeof systemOut> {
  return {
    key: system.key,
    name: system.name,
    description: system.description,
    challenges_by_default: system.challengesByDefault,
    timeout_seconds: system.timeoutMs / 1000,
    max_retries: system.retry.maxRetries,
    retry_delays_seconds: system.retry.delaysMs
      .slice(0, system.retry.maxRetries)
      .map((delay) => delay / 1000),
    events: presentEvents(system.events),
    operational_events: presentEvents(operationalEventsOf(system)),
  };
}

function presentEvents(
  events: Readonly<Record<string, EventType>>,
): z.output<typeof eventTypeOut>[] {
  return Object.entries(events).map(([type, { group, description, example, schema }]) => ({
    type,
    group,
    description,
    example,
    data_schema: z.toJSONSchema(schema, { io: 'input' }),
  }));
}
