import { listKeys } from '@careerhooks/store';
import { z } from 'zod';
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
  access: 'admin',
  query: z.strictObject(pageQuery),
  responses: { '200': { description: 'A page of keys', schema: page(keyOut) } },
  async handle({ query }, { store }) {
    return { status: 200, json: presentList(await listKeys(store, query), presentKey) };
  },
});
