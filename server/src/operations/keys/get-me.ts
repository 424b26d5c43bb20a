import { z } from 'zod';
import { defineOperation } from '../../operation';

const meOut = z
  .object({
    kind: z.enum(['admin', 'key']),
    system: z.string().nullable().meta({ description: 'Null for the admin token: all systems' }),
    user: z.string().nullable().meta({ description: 'Null for all users' }),
    scopes: z.array(z.enum(['publish', 'manage'])),
  })
  .meta({ id: 'Me' });

export const getMeOperation = defineOperation({
  id: 'getMe',
  method: 'get',
  path: '/v1/me',
  tag: 'Keys',
  summary: 'Say what a token is for',
  access: 'any',
  responses: { '200': { description: 'What the token may do', schema: meOut } },
  handle({ caller }) {
    const json: z.output<typeof meOut> =
      caller.kind === 'admin'
        ? { kind: 'admin', system: null, user: null, scopes: ['publish', 'manage'] }
        : {
            kind: 'key',
            system: caller.key.system,
            user: caller.key.user,
            scopes: caller.key.scopes,
          };
    return Promise.resolve({ status: 200, json });
  },
});
