import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { eventLocator } from '../../fields/locators';
import { readFilters } from '../../fields/period';
import { type Operation, output } from '../../operation';

/** One event, with its data. */
export const get: Operation = {
  properties: [
    eventLocator,
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      options: [
        {
          displayName: 'User',
          name: 'user',
          type: 'string',
          default: '',
          placeholder: 'e.g. user_123',
          description: 'Whose event it is, where two users have events of the same ID',
        },
      ],
    },
  ],
  async run(context, item) {
    const path = `/v1/events/${locate(context, 'eventId', item)}`;
    const query = readFilters(context, 'options', item);
    return output(await callApi(context, { method: 'GET', path, query, item }));
  },
};
