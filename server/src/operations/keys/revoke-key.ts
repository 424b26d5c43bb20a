import { revokeKey } from '@careerhooks/store';
import { z } from 'zod';
import { defineOperation } from '../../operation';
import { presentKey } from '../../present/present-key';
import { Problem } from '../../problems/problem';
import { shortText } from '../../schemas/common';
import { keyOut } from '../../schemas/key';

export const revokeKeyOperation = defineOperation({
  id: 'revokeKey',
  method: 'delete',
  path: '/v1/keys/{id}',
  tag: 'Keys',
  summary: 'Revoke a key at once',
  access: 'admin',
  params: z.object({ id: shortText(64) }),
  responses: { '200': { description: 'The key, revoked', schema: keyOut } },
  problems: ['not_found'],
  async handle({ params }, { store }) {
    const key = await revokeKey(store, params.id);
    if (key === undefined) throw new Problem('not_found', `There is no key ${params.id}.`);
    return { status: 200, json: presentKey(key) };
  },
});
