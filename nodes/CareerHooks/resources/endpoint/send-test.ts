import { callApi, given } from '../../../api/call';
import { locate } from '../../fields/locate';
import { endpointLocator } from '../../fields/locators';
import { type Operation, output } from '../../operation';

/** Sends an endpoint the example of an event, once, and tells what it answered. */
export const sendTest: Operation = {
  properties: [
    endpointLocator,
    {
      displayName: 'Event Type',
      name: 'type',
      type: 'string',
      default: '',
      placeholder: 'e.g. resume.parsed',
      description: 'Whose example is sent; the first type that the endpoint gets if it is empty',
    },
  ],
  async run(context, item) {
    const path = `/v1/endpoints/${locate(context, 'endpointId', item)}/test`;
    const body = given({ type: context.getNodeParameter('type', item) });
    return output(await callApi(context, { method: 'POST', path, body, item }));
  },
};
