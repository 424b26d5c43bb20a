import { cancelDelivery } from '@careerhooks/store';
import { deliveryExample } from '../../examples/delivery';
import { defineOperation } from '../../operation';
import { presentDelivery } from '../../present/present-delivery';
import { Problem } from '../../problems/problem';
import { deliveryOut } from '../../schemas/delivery';
import { deliveryParams, requireDelivery, requireOwnDelivery } from './require-delivery';

export const cancelDeliveryOperation = defineOperation({
  id: 'cancelDelivery',
  method: 'post',
  path: '/v1/deliveries/{id}/cancel',
  tag: 'Deliveries',
  summary: 'Cancel a delivery',
  description: 'No attempt of it follows; one that is under way is not called back.',
  access: 'manage',
  params: deliveryParams,
  responses: {
    '200': {
      description: 'Cancelled',
      schema: deliveryOut,
      examples: {
        example: {
          ...deliveryExample,
          status: 'cancelled',
          next_attempt_at: null,
          finished_at: '2026-11-24T09:30:02.000Z',
        },
      },
    },
  },
  problems: ['not_found', 'forbidden', 'delivery_finished'],
  async handle({ params, caller }, context) {
    const { id, status } = await requireOwnDelivery(context, params.id, caller);
    if (!(await cancelDelivery(context.store, id))) {
      throw new Problem('delivery_finished', `The delivery is ${status} already.`);
    }
    await context.engine.cancel(id);
    return { status: 200, json: presentDelivery(await requireDelivery(context, id, caller)) };
  },
});
