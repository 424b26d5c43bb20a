import { NodeOperationError } from 'n8n-workflow';
import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { endpointLocator } from '../../fields/locators';
import { readNames } from '../../fields/names';
import { type Operation, output } from '../../operation';
import { readSettings, settingFields } from './settings';

/** Changes an endpoint; what is not filled in stays as it is. */
export const update: Operation = {
  properties: [
    endpointLocator,
    {
      displayName: 'Update Fields',
      name: 'updateFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: [
        ...settingFields.slice(0, 1),
        {
          displayName: 'Events',
          name: 'events',
          type: 'string',
          default: '',
          placeholder: 'e.g. resume.*, ats.check_completed',
          description:
            'Event types that it gets from now on, instead of those before, with commas between them. A type that ends in ".*" stands for all that begin like it, and "*" for all.',
        },
        ...settingFields.slice(1),
        {
          displayName: 'URL',
          name: 'url',
          type: 'string',
          default: '',
          placeholder: 'e.g. https://hooks.example.com/careerhooks',
          description: 'Where events are sent from now on; it has to answer a challenge first',
        },
      ],
    },
  ],
  async run(context, item) {
    const path = `/v1/endpoints/${locate(context, 'endpointId', item)}`;
    const { events, ...fields } = context.getNodeParameter('updateFields', item, {});
    const body = {
      ...readSettings(context, fields, item),
      ...(events !== undefined &&
        events !== '' && {
          events: readNames(context, { value: events, label: 'Events', item }),
        }),
    };
    if (Object.keys(body).length === 0) {
      throw new NodeOperationError(context.getNode(), 'There is nothing to change', {
        description: 'Add at least one field under "Update Fields".',
        itemIndex: item,
      });
    }
    return output(await callApi(context, { method: 'PATCH', path, body, item }));
  },
};
