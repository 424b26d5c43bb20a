import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import { callApi } from '../../../api/call';
import { locate } from '../../fields/locate';
import { deliveryLocator } from '../../fields/locators';
import { readOptionalNumber } from '../../fields/number';
import type { Operation } from '../../operation';
import { claimantOf } from './claimant';

interface Claim {
  granted: boolean;
  reason: 'done' | 'in_progress' | null;
  outcome: { claimant: string };
}

const DEFAULT_MINUTES = 5;

/** A day, as long as CareerHooks lets it. */
const MAX_MINUTES = 1440;

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
          typeOptions: { minValue: 1, maxValue: MAX_MINUTES },
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
    const attempt = input?.json.attempt;
    const { granted, reason, outcome } = await callApi<Claim>(context, {
      method: 'POST',
      path: `/v1/deliveries/${locate(context, 'deliveryId', item)}/claim`,
      body: {
        claimant: claimantOf(context),
        ...(Number.isInteger(attempt) && Number(attempt) > 0 && { attempt }),
        lease_seconds: readLeaseSeconds(context, item),
        take_over: mode === 'manual' || mode === 'retry',
      },
      item,
    });
    if (reason === 'in_progress') {
      throw stillAtWork(context, {
        claimant: outcome.claimant,
        item,
        last: input?.json.lastAttempt,
      });
    }
    // Whoever tries a workflow in the editor sees what it does with the same event again and again.
    if (!granted && mode === 'manual') tellOfSkip(context, outcome.claimant);
    return (granted || mode === 'manual') && input !== undefined ? [input] : [];
  },
};

function readLeaseSeconds(context: IExecuteFunctions, item: number): number {
  const { leaseMinutes: value } = context.getNodeParameter('options', item, {});
  const field = { value, label: 'Longest Run (Minutes)', item, min: 1, max: MAX_MINUTES };
  const minutes = readOptionalNumber(context, { ...field, fractions: true }) ?? DEFAULT_MINUTES;
  return Math.round(minutes * 60);
}

/** @param last whether this was the last attempt, as the trigger's item says; anything else where it does not. */
function stillAtWork(
  context: IExecuteFunctions,
  { claimant, item, last }: { claimant: string; item: number; last: unknown },
): NodeOperationError {
  const atWork = `${claimant} is still at work on this event`;
  const { then, description } = last === true ? LAST_ATTEMPT : OTHER_ATTEMPT;
  return new NodeOperationError(context.getNode(), atWork + then, { description, itemIndex: item });
}

const LAST_ATTEMPT = {
  then: '; this was the last attempt: use Delivery → Retry when it has ended',
  description:
    'CareerHooks does not deliver it again by itself. If that execution does it, there is nothing left to do; if it has ended without a word, you can also retry this one: it takes over.',
};

const OTHER_ATTEMPT = {
  then: ': CareerHooks delivers it again, unless it counts as delivered already',
  description:
    'It comes again by its next attempt, if there is one left and the trigger counts it as delivered when the workflow has succeeded. If it counts when it has arrived, use Delivery → Retry once that execution has ended and has not done it. If that execution has ended without a word, retry this one: it takes over.',
};

function tellOfSkip(context: IExecuteFunctions, claimant: string): void {
  context.addExecutionHints({
    message: `${claimant} has done this event already: once published, the workflow skips it. It passes here because you run it by hand.`,
    location: 'outputPane',
  });
}
