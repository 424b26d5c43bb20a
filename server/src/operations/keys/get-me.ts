import { z } from 'zod';
import { defineOperation } from '../../operation';
import { keyScope } from '../../schemas/key';

const meOut = z
  .object({
    kind: z
      .enum(['admin', 'key'])
      .meta({ id: 'TokenKind', description: 'The admin token, or a key' }),
    system: z.string().nullable().meta({ description: 'Null for the admin token: all systems' }),
    user: z.string().nullable().meta({ description: 'Whose data it may see; null for all users' }),
    scopes: z.array(keyScope).meta({ description: 'What it may do' }),
  })
  .meta({ id: 'Me', description: 'Who a token stands for' });

export const getMeOperation = defineOperation({
  id: 'getMe',
  method: 'get',
  path: '/v1/me',
  tag: 'Keys',
  summary: 'Say what a token is for',
  description: 'For clients that are given a token and nothing else.',
  access: 'any',
  responses: {
    '200': {
      description: 'What the token may do',
      schema: meOut,
      examples: {
        example: { kind: 'key', system: 'roleready', user: 'user_123', scopes: ['manage'] },
      },
    },
  },
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
