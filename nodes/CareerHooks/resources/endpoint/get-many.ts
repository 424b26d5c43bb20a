import { getMany as list, manyFields } from '../../fields/many';
import { readFilters } from '../../fields/period';
import { simplify, simplifyField } from '../../fields/simplify';
import { type Operation, output } from '../../operation';
import { SIMPLE_FIELDS } from './simple';

/** Endpoints, the newest first. */
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
          displayName: 'Status',
          name: 'status',
          type: 'options',
          options: [
            { name: 'Active', value: 'active', description: 'It gets its events' },
            { name: 'Disabled', value: 'disabled', description: 'It gets nothing any more' },
            { name: 'Paused', value: 'paused', description: 'Its events wait until it is resumed' },
            { name: 'Pending', value: 'pending', description: 'It has not answered the challenge' },
          ],
          default: 'active',
          description: 'Only endpoints that stand like this',
        },
        {
          displayName: 'URL',
          name: 'url',
          type: 'string',
          default: '',
          placeholder: 'e.g. https://hooks.example.com/careerhooks',
          description: 'Only endpoints at this URL, also with the host in another case',
        },
      ],
    },
  ],
  async run(context, item) {
    const query = readFilters(context, 'filters', item);
    const rows = await list(context, item, { path: '/v1/endpoints', query });
    return output(...rows.map((row) => simplify(context, item, { row, fields: SIMPLE_FIELDS })));
  },
};
