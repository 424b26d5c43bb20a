import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { deliveryLocator } from '../../fields/locators';
import type { Operation } from '../../operation';
import { claimantOf } from './claimant';

interface Claim {
  granted: boolean;
  reason: 'done' | 'in_progress' | null;
  outcome: { claimant: string };
}

const DEFAULT_MINUTES = 5;

/**
 * Lets an item pass that nobody has done yet, and claims its delivery for this execution; drops it where
 * it is done. Whoever runs a workflow by hand takes over from other executions.
 */
export const skipIfDone: Operation = {
  properties: [
    {
      ...deliveryLocator,
      default: { mode: 'id', value: '={{ $json.deliveryId }}' },
      hint: 'Put this directly behind the trigger, and Report Outcome with "Done" at the end: without it, nothing is ever done.',
    },
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      options: [
        {
          displayName: 'Longest Run (Minutes)',
          name: 'leaseMinutes',
          type: 'number',
          typeOptions: { minValue: 1, maxValue: 1440 },
          default: DEFAULT_MINUTES,
          description:
            'How long the event stays with an execution that ends without a word, as when n8n is killed. Longer than the workflow ever takes: after that, another execution may do it once more.',
        },
      ],
    },
  ],
  async run(context, item) {
    const input = context.getInputData()[item];
    const mode = context.getMode();
    const minutes = context.getNodeParameter('options.leaseMinutes', item, DEFAULT_MINUTES);
    const attempt = input?.json.attempt;
    const { granted, reason, outcome } = await callApi<Claim>(context, {
      method: 'POST',
      path: `/v1/deliveries/${locate(context, 'deliveryId', item)}/claim`,
      body: {
        claimant: claimantOf(context),
        ...(Number.isInteger(attempt) && Number(attempt) > 0 && { attempt }),
        lease_seconds: Math.round(Number(minutes) * 60),
        take_over: mode === 'manual' || mode === 'retry',
      },
      item,
    });
    if (reason === 'in_progress') throw stillAtWork(context, outcome.claimant, item);
    // Whoever tries a workflow in the editor sees what it does with the same event again and again.
    if (!granted && mode === 'manual') tellOfSkip(context, outcome.claimant);
    return (granted || mode === 'manual') && input !== undefined ? [input] : [];
  },
};

function stillAtWork(
  context: IExecuteFunctions,
  claimant: string,
  item: number,
): NodeOperationError {
  return new NodeOperationError(
    context.getNode(),
    `${claimant} is still at work on this event: CareerHooks delivers it again`,
    {
      description:
        'By its next attempt, if the trigger counts it as delivered when the workflow has succeeded. If that execution has ended without a word, retry this one: it takes over.',
      itemIndex: item,
    },
  );
}

function tellOfSkip(context: IExecuteFunctions, claimant: string): void {
  context.addExecutionHints({
    message: `${claimant} has done this event already: once published, the workflow skips it. It passes here because you run it by hand.`,
    location: 'outputPane',
  });
}
