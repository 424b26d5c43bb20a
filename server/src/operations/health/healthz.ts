import { z } from 'zod';
import { defineOperation } from '../../operation';

export const healthzOperation = defineOperation({
  id: 'healthz',
  method: 'get',
  path: '/healthz',
  tag: 'Health',
  summary: 'Whether the process lives',
  access: 'public',
  responses: { '200': { description: 'It does', schema: z.object({ status: z.literal('ok') }) } },
  handle: () => Promise.resolve({ status: 200, json: { status: 'ok' } }),
});
