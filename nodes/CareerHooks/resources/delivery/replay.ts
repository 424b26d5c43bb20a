import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { endpointLocator } from '../../fields/locators';
import { readNames } from '../../fields/names';
import { readFilters, sinceField, untilField } from '../../fields/period';
import { type Operation, output } from '../../operation';

/** Sends finished deliveries of an endpoint again, each with the same ids and body. */
export const replay: Operation = {
  properties: [
    endpointLocator,
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      options: [
        sinceField,
        {
          displayName: 'Statuses',
          name: 'status',
          type: 'multiOptions',
          options: [
            { name: 'Cancelled', value: 'cancelled', description: 'Somebody ended them' },
            { name: 'Delivered', value: 'delivered', description: 'The receiver took them' },
            { name: 'Expired', value: 'expired', description: 'Their 24 hours were over' },
            { name: 'Failed', value: 'failed', description: 'No attempt was left' },
          ],
          default: ['failed', 'expired'],
          description: 'Which deliveries go out again; failed and expired ones unless you say so',
        },
        untilField,
      ],
    },
  ],
  async run(context, item) {
    const path = `/v1/endpoints/${locate(context, 'endpointId', item)}/replay`;
    const { status, ...period } = readFilters(context, 'options', item);
    const body = {
      ...period,
      // An expression may give one as text.
      ...(status !== undefined && {
        status: readNames(context, { value: status, label: 'Statuses', item }),
      }),
    };
    return output(await callApi(context, { method: 'POST', path, body, item }));
  },
};
