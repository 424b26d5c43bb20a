import { z } from 'zod';
import { defineOperation } from '../../operation';

export const healthzOperation = defineOperation({
  id: 'healthz',
  method: 'get',
  path: '/healthz',
  tag: 'Health',
  summary: 'Whether the process lives',
  description: 'It asks nothing of the database or of Temporal: `/readyz` does.',
  access: 'public',
  responses: {
    '200': {
      description: 'It does',
      schema: z
        .object({
          status: z.literal('ok').meta({ id: 'LivenessStatus', description: 'Always the same' }),
        })
        .meta({ id: 'Liveness', description: 'That the process lives' }),
      examples: { example: { status: 'ok' } },
    },
  },
  handle: () => Promise.resolve({ status: 200, json: { status: 'ok' } }),
});
