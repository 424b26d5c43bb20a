import { claimOutcome } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { claimedExample, deliveryExample } from '../../examples/delivery';
import { defineOperation } from '../../operation';
import { presentOutcome } from '../../present/present-delivery';
import { claimant, outcomeOut } from '../../schemas/delivery';
import { deliveryNotFound, deliveryParams } from './require-delivery';

const DEFAULT_LEASE_SECONDS = 300;
const MAX_LEASE_SECONDS = 86_400;

export const claimDeliveryOperation = defineOperation({
  id: 'claimDelivery',
  method: 'post',
  path: '/v1/deliveries/{id}/claim',
  tag: 'Deliveries',
  summary: 'Ask whether to do what a delivery is for',
  description:
    'For receivers that are to act once on a delivery that may come twice. Granted to one at a time, until its lease ends or it says by `/outcome` what came of it; to the same claimant as often as it asks. Not granted once it is done. A claimant that a later attempt has started is granted it at once where the attempt before was answered, by the receiver itself, with a failure. What arrived and is retried or replayed may be claimed anew.',
  access: 'manage',
  params: deliveryParams,
  body: z
    .strictObject({
      claimant,
      attempt: z.number().int().min(1).max(1_000_000).optional().meta({
        description: 'The attempt that brought the delivery: `X-CareerHooks-Attempt`',
      }),
      lease_seconds: z
        .number()
        .int()
        .min(1)
        .max(MAX_LEASE_SECONDS)
        .default(DEFAULT_LEASE_SECONDS)
        .meta({
          description:
            'How long it stays with the claimant, should that one end without a word; longer than the work ever takes',
        }),
      take_over: z.boolean().default(false).meta({
        description:
          'Whether it is taken from a claimant that still holds it: for when a person has decided so. What is done stays done',
      }),
    })
    .meta({ id: 'ClaimRequest', description: 'Who wants to act on a delivery' }),
  bodyExamples: { example: { claimant: 'n8n execution 12', attempt: 2, lease_seconds: 300 } },
  responses: {
    '200': {
      description: 'Whether it was granted',
      schema: z
        .object({
          delivery: z.string().meta({ description: 'Id of the delivery' }),
          granted: z.boolean().meta({ description: 'Whether the claimant is to act on it' }),
          reason: z.string().nullable().meta({
            description:
              'Why it was not granted: it is `done`, or `in_progress` by another claimant; null where it was',
          }),
          outcome: outcomeOut,
        })
        .meta({ id: 'Claim', description: 'What became of a claim' }),
      examples: {
        granted: {
          delivery: deliveryExample.id,
          granted: true,
          reason: null,
          outcome: claimedExample,
        },
        held: {
          delivery: deliveryExample.id,
          granted: false,
          reason: 'in_progress',
          outcome: claimedExample,
        },
      },
    },
  },
  problems: ['not_found'],
  async handle({ params, body, caller }, { store }) {
    const claim = await claimOutcome(store, scopeOf(caller), {
      deliveryId: params.id,
      claimant: body.claimant,
      leaseMs: body.lease_seconds * 1000,
      takeOver: body.take_over,
      ...(body.attempt !== undefined && { attempt: body.attempt }),
    });
    if (claim === undefined) throw deliveryNotFound(params.id);
    const { granted, outcome } = claim;
    return {
      status: 200,
      json: {
        delivery: params.id,
        granted,
        reason: granted ? null : outcome.status,
        outcome: presentOutcome(outcome),
      },
    };
  },
});
