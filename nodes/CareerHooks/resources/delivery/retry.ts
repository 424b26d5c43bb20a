import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { deliveryLocator } from '../../fields/locators';
import { type Operation, output } from '../../operation';

/** Makes the next attempt at once; a finished delivery starts anew, for another 24 hours. */
export const retry: Operation = {
  properties: [deliveryLocator],
  async run(context, item) {
    const path = `/v1/deliveries/${locate(context, 'deliveryId', item)}/retry`;
    return output(await callApi(context, { method: 'POST', path, item }));
  },
};
