import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { deliveryLocator } from '../../fields/locators';
import { type Operation, output } from '../../operation';

/** Ends a delivery that has not arrived yet. */
export const cancel: Operation = {
  properties: [deliveryLocator],
  async run(context, item) {
    const path = `/v1/deliveries/${locate(context, 'deliveryId', item)}/cancel`;
    return output(await callApi(context, { method: 'POST', path, item }));
  },
};
