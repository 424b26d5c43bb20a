import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { endpointLocator } from '../../fields/locators';
import { type Operation, output } from '../../operation';

/** Delivers to an endpoint again, what was held first. */
export const resume: Operation = {
  properties: [endpointLocator],
  async run(context, item) {
    const path = `/v1/endpoints/${locate(context, 'endpointId', item)}/resume`;
    return output(await callApi(context, { method: 'POST', path, item }));
  },
};
