import { listEndpoints } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { defineOperation } from '../../operation';
import { presentEndpoint } from '../../present/present-endpoint';
import { presentList } from '../../present/present-list';
import { page, pageQuery, shortText } from '../../schemas/common';
import { endpointOut } from '../../schemas/endpoint';

export const listEndpointsOperation = defineOperation({
  id: 'listEndpoints',
  method: 'get',
  path: '/v1/endpoints',
  tag: 'Endpoints',
  summary: 'List endpoints, newest first',
  access: 'any',
  query: z.strictObject({
    ...pageQuery,
    status: z.enum(['pending', 'active', 'paused', 'disabled']).optional(),
    url: shortText(2048).optional(),
    search: shortText(200)
      .optional()
      .meta({ description: 'Text in the URL or the description, in any case' }),
  }),
  responses: { '200': { description: 'A page of endpoints', schema: page(endpointOut) } },
  async handle({ query, caller }, { store }) {
    const { status, url, search, ...wanted } = query;
    const listed = await listEndpoints(store, scopeOf(caller), { status, url, search }, wanted);
    return { status: 200, json: presentList(listed, presentEndpoint) };
  },
});
