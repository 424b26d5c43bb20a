import { type IDataObject, NodeOperationError } from 'n8n-workflow';
import { callApi, given } from '../../../api/call';
import { locate } from '../../fields/locate';
import { endpointLocator } from '../../fields/locators';
import { readOptionalNumber } from '../../fields/number';
import { isPlainNode, withSecrets } from '../../fields/secrets';
import { type Operation, output } from '../../operation';

/** A week, as long as CareerHooks lets it. */
const MAX_OVERLAP_SECONDS = 604_800;

/** Replaces an endpoint's secret; the old one signs along for a while. */
export const rotateSecret: Operation = {
  properties: [
    endpointLocator,
    {
      displayName:
        'Do not rotate the secret of a CareerHooks Trigger, which makes its own: after the overlap it would refuse a delivery before it sets its own again',
      name: 'notice',
      type: 'notice',
      default: '',
    },
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      options: [
        {
          displayName: 'Overlap (Seconds)',
          name: 'overlap_seconds',
          type: 'number',
          typeOptions: { minValue: 0, maxValue: MAX_OVERLAP_SECONDS },
          default: 86400,
          description: 'How long the old secret signs along; a day unless you say so',
        },
        {
          displayName: 'Secret',
          name: 'secret',
          type: 'string',
          typeOptions: { password: true },
          default: '',
          description: 'Your own new secret; CareerHooks makes one if you bring none',
        },
      ],
    },
  ],
  async run(context, item) {
    const path = `/v1/endpoints/${locate(context, 'endpointId', item)}/rotate-secret`;
    const { overlap_seconds: value, ...options } = context.getNodeParameter('options', item, {});
    const body = given({
      ...options,
      overlap_seconds: readOptionalNumber(context, {
        value,
        label: 'Overlap (Seconds)',
        item,
        min: 0,
        max: MAX_OVERLAP_SECONDS,
      }),
    });
    if (body.secret === undefined && !isPlainNode(context)) {
      throw new NodeOperationError(context.getNode(), 'Nobody would get the new secret', {
        description:
          'A tool tells a model no secrets. Run this operation in a node of a workflow, or fill in the option Secret.',
        itemIndex: item,
      });
    }
    const answer = await callApi<IDataObject>(context, { method: 'POST', path, body, item });
    return output(withSecrets(context, answer));
  },
};
