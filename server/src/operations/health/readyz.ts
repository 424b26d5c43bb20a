import { ping } from '@careerhooks/store';
import { z } from 'zod';
import { defineOperation } from '../../operation';

const readiness = z.object({
  status: z.enum(['ready', 'not_ready']),
  database: z.enum(['ok', 'away']),
  temporal: z
    .enum(['ok', 'away'])
    .meta({ description: 'Events are accepted without it; deliveries wait' }),
});

export const readyzOperation = defineOperation({
  id: 'readyz',
  method: 'get',
  path: '/readyz',
  tag: 'Health',
  summary: 'Whether events can be accepted',
  access: 'public',
  responses: {
    '200': { description: 'They can', schema: readiness },
    '503': { description: 'The database does not answer', schema: readiness },
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
