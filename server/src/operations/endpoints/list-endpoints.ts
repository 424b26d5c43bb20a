import { listEndpoints } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { endpointExample } from '../../examples/endpoint';
import { defineOperation } from '../../operation';
import { presentEndpoint } from '../../present/present-endpoint';
import { presentList } from '../../present/present-list';
import { page, pageQuery, shortText } from '../../schemas/common';
import { endpointOut, endpointStatus } from '../../schemas/endpoint';

export const listEndpointsOperation = defineOperation({
  id: 'listEndpoints',
  method: 'get',
  path: '/v1/endpoints',
  tag: 'Endpoints',
  summary: 'List endpoints, newest first',
  description: 'Those that the token may see, without their secrets.',
  access: 'any',
  query: z.strictObject({
    ...pageQuery,
    status: endpointStatus.optional().meta({ description: 'Only endpoints with this status' }),
    identity: shortText(300).optional().meta({ description: 'What its owner calls it, exactly' }),
    url: shortText(2048).optional().meta({
      description: 'The URL, also with scheme, host, default port or fragment written otherwise',
    }),
    search: shortText(200)
      .optional()
      .meta({ description: 'Text in the URL or the description, in any case' }),
  }),
  responses: {
    '200': {
      description: 'A page of endpoints',
      schema: page('EndpointPage', endpointOut),
      examples: { example: { data: [endpointExample], next_cursor: null } },
    },
  },
  async handle({ query, caller }, { store }) {
    const { limit, cursor, ...filter } = query;
    const listed = await listEndpoints(store, scopeOf(caller), filter, { limit, cursor });
    return { status: 200, json: presentList(listed, presentEndpoint) };
  },
});
