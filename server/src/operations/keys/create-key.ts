import { createKey } from '@careerhooks/store';
import { keyWithTokenExample, newKeyExample } from '../../examples/key';
import { defineOperation } from '../../operation';
import { presentKey } from '../../present/present-key';
import { keyWithTokenOut, newKey } from '../../schemas/key';
import { requirePossibleUser } from '../../systems/require-possible-user';
import { requireSystem } from '../../systems/require-system';

export const createKeyOperation = defineOperation({
  id: 'createKey',
  method: 'post',
  path: '/v1/keys',
  tag: 'Keys',
  summary: 'Make a key',
  description: 'The answer has the token, once: what is stored of it cannot be turned back.',
  access: 'admin',
  body: newKey,
  bodyExamples: { example: newKeyExample },
  responses: {
    '201': {
      description: 'The key and its token',
      schema: keyWithTokenOut,
      examples: { example: keyWithTokenExample },
    },
  },
  problems: ['unknown_system'],
  async handle({ body }, { store }) {
    requirePossibleUser(requireSystem(body.system), body.user);
    const { key, token } = await createKey(store, { ...body, user: body.user ?? null });
    return { status: 201, json: { ...presentKey(key), token } };
  },
});
