import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { endpointLocator } from '../../fields/locators';
import { type Operation, output } from '../../operation';

/** Holds an endpoint's deliveries until it is resumed, for 24 hours at most. */
export const pause: Operation = {
  properties: [endpointLocator],
  async run(context, item) {
    const path = `/v1/endpoints/${locate(context, 'endpointId', item)}/pause`;
    return output(await callApi(context, { method: 'POST', path, item }));
  },
};
