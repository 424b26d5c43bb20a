import { revokeKey } from '@careerhooks/store';
import { z } from 'zod';
import { keyExample } from '../../examples/key';
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
  description: 'Its token lets nobody in from now on. What it published and registered stays.',
  access: 'admin',
  params: z.object({ id: shortText(64).meta({ description: 'Id of the key' }) }),
  responses: {
    '200': {
      description: 'The key, revoked',
      schema: keyOut,
      examples: { example: { ...keyExample, revoked_at: '2026-11-24T10:00:00.000Z' } },
    },
  },
  problems: ['not_found'],
  async handle({ params }, { store }) {
    const key = await revokeKey(store, params.id);
    if (key === undefined) throw new Problem('not_found', `There is no key ${params.id}.`);
    return { status: 200, json: presentKey(key) };
  },
});
