import { listKeys } from '@careerhooks/store';
import { z } from 'zod';
import { keyExample } from '../../examples/key';
import { defineOperation } from '../../operation';
import { presentKey } from '../../present/present-key';
import { presentList } from '../../present/present-list';
import { page, pageQuery } from '../../schemas/common';
import { keyOut } from '../../schemas/key';

export const listKeysOperation = defineOperation({
  id: 'listKeys',
  method: 'get',
  path: '/v1/keys',
  tag: 'Keys',
  summary: 'List keys, newest first',
  description: 'Revoked ones, too; none with its token.',
  access: 'admin',
  query: z.strictObject(pageQuery),
  responses: {
    '200': {
      description: 'A page of keys',
      schema: page('KeyPage', keyOut),
      examples: { example: { data: [keyExample], next_cursor: null } },
    },
  },
  async handle({ query }, { store }) {
    return { status: 200, json: presentList(await listKeys(store, query), presentKey) };
  },
});
