import { getMany as list, manyFields } from '../../fields/many';
import { readFilters, sinceField, untilField } from '../../fields/period';
import { simplify, simplifyField } from '../../fields/simplify';
import { type Operation, output } from '../../operation';
import { SIMPLE_FIELDS } from './simple';

/** Deliveries, the newest first. */
export const getMany: Operation = {
  properties: [
    ...manyFields,
    simplifyField,
    {
      displayName: 'Filters',
      name: 'filters',
      type: 'collection',
      placeholder: 'Add Filter',
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
          displayName: 'Event ID',
          name: 'event',
          type: 'string',
          default: '',
          placeholder: 'e.g. evt_1234567890',
          description: 'Only deliveries of this event',
        },
        {
          displayName: 'Event Type',
          name: 'type',
          type: 'string',
          default: '',
          placeholder: 'e.g. resume.parsed',
          description: 'Only deliveries of events of this type',
        },
        sinceField,
        {
          displayName: 'Status',
          name: 'status',
          type: 'options',
          options: [
            { name: 'Cancelled', value: 'cancelled', description: 'Somebody ended it' },
            { name: 'Delivered', value: 'delivered', description: 'The receiver took it' },
            { name: 'Expired', value: 'expired', description: 'Its 24 hours were over' },
            { name: 'Failed', value: 'failed', description: 'No attempt is left' },
            { name: 'Held', value: 'held', description: 'Its endpoint is paused or failing' },
            { name: 'Pending', value: 'pending', description: 'Its first attempt is to come' },
            { name: 'Retrying', value: 'retrying', description: 'Its next attempt is to come' },
          ],
          default: 'failed',
          description: 'Only deliveries that stand like this',
        },
        untilField,
      ],
    },
  ],
  async run(context, item) {
    const query = readFilters(context, 'filters', item);
    const rows = await list(context, item, { path: '/v1/deliveries', query });
    return output(...rows.map((row) => simplify(context, item, { row, fields: SIMPLE_FIELDS })));
  },
};
