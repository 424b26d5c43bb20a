import type { IExecuteFunctions } from 'n8n-workflow';
import { callApi } from '../../../api/call';
import { oneLine } from '../../../api/one-line';
import { locate } from '../../fields/locate';
import { deliveryLocator } from '../../fields/locators';
import type { Operation } from '../../operation';
import { claimantOf } from './claimant';

/** The most UTF-16 units that CareerHooks takes. */
const MAX_NOTE = 1000;

interface Report {
  recorded: boolean;
  outcome: { status: 'in_progress' | 'done' | 'failed'; claimant: string };
}

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
    const note = oneLine(context.getNodeParameter('note', item, ''), MAX_NOTE);
    const report = await callApi<Report>(context, {
      method: 'POST',
      path: `/v1/deliveries/${locate(context, 'deliveryId', item)}/outcome`,
      body: {
        claimant: claimantOf(context),
        outcome: context.getNodeParameter('outcome', item),
        ...(note !== '' && { note }),
      },
      item,
    });
    if (!report.recorded) tellOfOther(context, report);
    return context.getInputData().slice(item, item + 1);
  },
};

/** CareerHooks keeps what another execution did, or does: nobody is to think that this one's word counts. */
function tellOfOther(context: IExecuteFunctions, { outcome }: Report): void {
  const { claimant, status } = outcome;
  context.addExecutionHints({
    message: `Not recorded: ${claimant} ${status === 'done' ? 'has done this event' : 'is at work on this event'}, and its word counts.`,
    type: 'warning',
    location: 'outputPane',
  });
}
