import { deliveryDetailExample } from '../../examples/delivery';
import { defineOperation } from '../../operation';
import { presentAttempt, presentDelivery, presentOutcome } from '../../present/present-delivery';
import { deliveryDetailOut } from '../../schemas/delivery';
import { deliveryParams, requireDelivery } from './require-delivery';

export const getDeliveryOperation = defineOperation({
  id: 'getDelivery',
  method: 'get',
  path: '/v1/deliveries/{id}',
  tag: 'Deliveries',
  summary: 'Get a delivery with its attempts',
  description:
    'Every attempt with its answer, what its receiver made of it, and where the Temporal UI shows its workflow.',
  access: 'any',
  params: deliveryParams,
  responses: {
    '200': {
      description: 'The delivery',
      schema: deliveryDetailOut,
      examples: { example: deliveryDetailExample },
    },
  },
  problems: ['not_found'],
  async handle({ params, caller }, context) {
    const delivery = await requireDelivery(context, params.id, caller);
    return {
      status: 200,
      json: {
        ...presentDelivery(delivery),
        outcome: delivery.outcome && presentOutcome(delivery.outcome),
        attempts: delivery.attemptLog.map(presentAttempt),
        ...(delivery.isTest
          ? { workflow_id: null, workflow_url: null }
          : context.workflowOf(delivery)),
      },
    };
  },
});
