import { makeDueNow, reopenDelivery } from '@careerhooks/store';
import { deliveryExample } from '../../examples/delivery';
import { defineOperation } from '../../operation';
import { presentDelivery } from '../../present/present-delivery';
import { Problem } from '../../problems/problem';
import { deliveryOut } from '../../schemas/delivery';
import { deliveryParams, requireDelivery, requireOwnDelivery } from './require-delivery';

export const retryDeliveryOperation = defineOperation({
  id: 'retryDelivery',
  method: 'post',
  path: '/v1/deliveries/{id}/retry',
  tag: 'Deliveries',
  summary: 'Try a delivery again now',
  description:
    'One that waits for its next attempt makes it now. A finished one starts anew, with a whole schedule and another 24 h.',
  access: 'manage',
  outgoing: true,
  params: deliveryParams,
  responses: {
    '202': {
      description: 'It goes out',
      schema: deliveryOut,
      examples: { example: deliveryExample },
    },
  },
  problems: ['not_found', 'forbidden', 'endpoint_not_active', 'delivery_finished'],
  async handle({ params, caller }, context) {
    const { id, isTest } = await requireOwnDelivery(context, params.id, caller);
    if (isTest) {
      throw new Problem(
        'delivery_finished',
        'A test is made once: POST /v1/endpoints/{id}/test for another.',
      );
    }
    if (await makeDueNow(context.store, id)) {
      await context.engine.retryNow(id);
    } else if (!(await reopenDelivery(context.store, id))) {
      throw new Problem(
        'endpoint_not_active',
        'Its endpoint is paused, pending, detached, disabled or deleted: see its status.',
      );
    }
    context.engine.wake();
    return { status: 202, json: presentDelivery(await requireDelivery(context, id, caller)) };
  },
});
