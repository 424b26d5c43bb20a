import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { endpointLocator } from '../../fields/locators';
import { type Operation, output } from '../../operation';

/** Deletes an endpoint; what it had not got yet is cancelled. */
export const deleteEndpoint: Operation = {
  properties: [endpointLocator],
  async run(context, item) {
    const path = `/v1/endpoints/${locate(context, 'endpointId', item)}`;
    await callApi(context, { method: 'DELETE', path, item });
    return output({ deleted: true });
  },
};
