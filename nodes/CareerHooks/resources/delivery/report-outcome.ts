import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { deliveryLocator } from '../../fields/locators';
import type { Operation } from '../../operation';
import { claimantOf } from './claimant';

/** The most characters that CareerHooks takes. */
const MAX_NOTE = 1000;

/** Says what came of a delivery, so that "Skip If Done" knows it, and lets the item pass. */
export const reportOutcome: Operation = {
  properties: [
    {
      ...deliveryLocator,
      default: {
        mode: 'id',
        // What stands between is often a service's answer, which knows nothing of deliveries.
        value: "={{ $json.deliveryId ?? $('CareerHooks Trigger').item.json.deliveryId }}",
      },
    },
    {
      displayName: 'Outcome',
      name: 'outcome',
      type: 'options',
      options: [
        { name: 'Done', value: 'done', description: 'Nothing does it again' },
        { name: 'Failed', value: 'failed', description: 'The next execution may do it' },
      ],
      default: 'done',
      description: 'What came of the event',
    },
    {
      displayName: 'Note',
      name: 'note',
      type: 'string',
      default: '',
      description: 'What CareerHooks shows with it, for people',
    },
  ],
  async run(context, item) {
    const note = (context.getNodeParameter('note', item, '') as string)
      .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
      .trim()
      .slice(0, MAX_NOTE);
    await callApi(context, {
      method: 'POST',
      path: `/v1/deliveries/${locate(context, 'deliveryId', item)}/outcome`,
      body: {
        claimant: claimantOf(context),
        outcome: context.getNodeParameter('outcome', item),
        ...(note !== '' && { note }),
      },
      item,
    });
    return context.getInputData().slice(item, item + 1);
  },
};
