import { type EventType, operationalEvents, type System, systems } from '@careerhooks/systems';
import { z } from 'zod';
import { defineOperation } from '../../operation';
import { jsonObject } from '../../schemas/common';

const eventTypeOut = z
  .object({
    type: z.string(),
    group: z.string(),
    description: z.string(),
    example: jsonObject,
    data_schema: jsonObject.meta({ description: 'JSON Schema of `data`' }),
  })
  .meta({ id: 'EventType' });

const systemOut = z
  .object({
    key: z.string(),
    name: z.string(),
    description: z.string(),
    challenges_by_default: z.boolean(),
    timeout_seconds: z.number(),
    max_retries: z.number().int(),
    retry_delays_seconds: z.array(z.number()),
    events: z.array(eventTypeOut),
    operational_events: z.array(eventTypeOut).meta({
      description: 'What is told of deliveries themselves; an endpoint gets it only by name',
    }),
  })
  .meta({ id: 'System' });

export const listSystemsOperation = defineOperation({
  id: 'listSystems',
  method: 'get',
  path: '/v1/systems',
  tag: 'Systems',
  summary: 'List the systems and their event types',
  access: 'any',
  responses: {
    '200': { description: 'All systems', schema: z.object({ data: z.array(systemOut) }) },
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
    operational_events: presentEvents(operationalEvents),
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
