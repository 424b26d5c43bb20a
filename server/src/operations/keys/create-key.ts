import { createKey } from '@careerhooks/store';
import { defineOperation } from '../../operation';
import { presentKey } from '../../present/present-key';
import { newKey, newKeyOut } from '../../schemas/key';
import { requireSystem } from '../require-system';

export const createKeyOperation = defineOperation({
  id: 'createKey',
  method: 'post',
  path: '/v1/keys',
  tag: 'Keys',
  summary: 'Make a key',
  access: 'admin',
  body: newKey,
  responses: { '201': { description: 'The key and its token', schema: newKeyOut } },
  problems: ['unknown_system'],
  async handle({ body }, { store }) {
    requireSystem(body.system);
    const { key, token } = await createKey(store, { ...body, user: body.user ?? null });
    return { status: 201, json: { ...presentKey(key), token } };
  },
});
