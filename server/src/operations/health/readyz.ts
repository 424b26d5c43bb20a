import { ping } from '@careerhooks/store';
import { z } from 'zod';
import { defineOperation } from '../../operation';

const partStatus = z
  .enum(['ok', 'away'])
  .meta({ id: 'PartStatus', description: 'Whether it answers' });

const readiness = z
  .object({
    status: z
      .enum(['ready', 'not_ready'])
      .meta({ id: 'ReadinessStatus', description: 'Whether events can be accepted' }),
    database: partStatus.meta({ description: 'Without it, nothing works' }),
    temporal: partStatus.meta({ description: 'Events are accepted without it; deliveries wait' }),
  })
  .meta({ id: 'Readiness', description: 'What answers of what is needed' });

export const readyzOperation = defineOperation({
  id: 'readyz',
  method: 'get',
  path: '/readyz',
  tag: 'Health',
  summary: 'Whether events can be accepted',
  description:
    'It asks the database. That Temporal is away is no reason to send events elsewhere: they are accepted, and delivered once it is back.',
  access: 'public',
  responses: {
    '200': {
      description: 'They can',
      schema: readiness,
      examples: { example: { status: 'ready', database: 'ok', temporal: 'ok' } },
    },
    '503': {
      description: 'The database does not answer',
      schema: readiness,
      examples: { example: { status: 'not_ready', database: 'away', temporal: 'ok' } },
    },
  },
  async handle(_request, { store, engine, log }) {
    const temporal = engine.isConnected() ? 'ok' : 'away';
    try {
      await ping(store);
      return { status: 200, json: { status: 'ready', database: 'ok', temporal } };
    } catch (error) {
      log.warn({ err: error }, 'readiness: the database does not answer');
      return { status: 503, json: { status: 'not_ready', database: 'away', temporal } };
    }
  },
});
