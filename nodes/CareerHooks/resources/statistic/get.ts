import { callApi } from '../../../api/call';
import { readFilters } from '../../fields/period';
import { type Operation, output } from '../../operation';

/** How many deliveries there were, and how many of them arrived. */
export const get: Operation = {
  properties: [
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      options: [
        {
          displayName: 'Endpoint ID',
          name: 'endpoint',
          type: 'string',
          default: '',
          placeholder: 'e.g. ep_019c3b5e7a0f7cc1',
          description: 'Only deliveries to this endpoint',
        },
        {
          displayName: 'Since',
          name: 'since',
          type: 'dateTime',
          default: '',
          description: 'From when to count; the last 24 hours unless you say so',
        },
      ],
    },
  ],
  async run(context, item) {
    const query = readFilters(context, 'options', item);
    return output(await callApi(context, { method: 'GET', path: '/v1/stats', query, item }));
  },
};
