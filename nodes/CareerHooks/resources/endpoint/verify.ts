import { callApi, given } from '../../../api/call';
import { locate } from '../../fields/locate';
import { endpointLocator } from '../../fields/locators';
import { type Operation, output } from '../../operation';

/** Challenges a pending URL again, or proves it by the text that it was sent. */
export const verify: Operation = {
  properties: [
    endpointLocator,
    {
      displayName: 'Challenge',
      name: 'challenge',
      type: 'string',
      default: '',
      description:
        'The text of "challenge" in the request that the URL got, where it cannot answer itself. Empty to send it another challenge.',
    },
  ],
  async run(context, item) {
    const path = `/v1/endpoints/${locate(context, 'endpointId', item)}/verify`;
    const body = given({ challenge: context.getNodeParameter('challenge', item) });
    return output(await callApi(context, { method: 'POST', path, body, item }));
  },
};
