import { getMany as list, manyFields } from '../../fields/many';
import { readFilters, sinceField, untilField } from '../../fields/period';
import { type Operation, output } from '../../operation';

/** Events, the newest first. */
export const getMany: Operation = {
  properties: [
    ...manyFields,
    {
      displayName: 'Filters',
      name: 'filters',
      type: 'collection',
      placeholder: 'Add Filter',
      default: {},
      options: [
        {
          displayName: 'Event Type',
          name: 'type',
          type: 'string',
          default: '',
          placeholder: 'e.g. resume.parsed',
          description: 'Only events of this type',
        },
        sinceField,
        untilField,
      ],
    },
  ],
  async run(context, item) {
    const query = readFilters(context, 'filters', item);
    return output(...(await list(context, item, { path: '/v1/events', query })));
  },
};
