import { createTestDelivery, getDelivery } from '@careerhooks/store';
import { findEventType, matchesPattern } from '@careerhooks/systems';
import { z } from 'zod';
import { defineOperation } from '../../operation';
import { Problem } from '../../problems/problem';
import { eventTypeName } from '../../schemas/common';
import { testOut } from '../../schemas/delivery';
import { requireSystem } from '../require-system';
import { endpointParams, requireEndpoint } from './require-endpoint';

/** Whose event a test is, where the endpoint gets all users' events. */
const TEST_USER = 'user_test';

export const testEndpointOperation = defineOperation({
  id: 'testEndpoint',
  method: 'post',
  path: '/v1/endpoints/{id}/test',
  tag: 'Endpoints',
  summary: 'Send the example of an event type, once, and see the answer',
  access: 'manage',
  params: endpointParams,
  body: z.strictObject({
    type: eventTypeName
      .optional()
      .meta({ description: 'Else the first type that the endpoint gets' }),
  }),
  bodyOptional: true,
  responses: { '200': { description: 'What the receiver answered', schema: testOut } },
  problems: ['not_found', 'unknown_event_type', 'endpoint_not_active'],
  async handle({ params, body, caller }, context) {
    const endpoint = await requireEndpoint(context, params.id, caller);
    if (endpoint.status === 'pending') {
      throw new Problem(
        'endpoint_not_active',
        'Its URL has to answer the challenge first: POST …/verify.',
      );
    }
    const system = requireSystem(endpoint.system);
    const type =
      body.type ??
      Object.keys(system.events).find((name) =>
        endpoint.events.some((pattern) => matchesPattern(pattern, name)),
      ) ??
      '';
    const eventType = findEventType(system, type);
    if (eventType === undefined) {
      throw new Problem(
        'unknown_event_type',
        `${system.name} has no event type "${type}". GET /v1/systems lists them.`,
      );
    }
    const deliveryId = await createTestDelivery(context.store, {
      endpointId: endpoint.id,
      system: system.key,
      user: endpoint.user ?? TEST_USER,
      type,
      data: JSON.stringify(eventType.example),
      ...(eventType.previousAttributesExample !== undefined && {
        previousAttributes: JSON.stringify(eventType.previousAttributesExample),
      }),
    });
    await context.engine.test(deliveryId);
    const delivery = await getDelivery(context.store, deliveryId);
    const attempt = delivery?.attemptLog[0];
    return {
      status: 200,
      json: {
        delivery_id: deliveryId,
        event_id: delivery?.eventId,
        type,
        delivered: delivery?.status === 'delivered',
        status_code: attempt?.statusCode ?? null,
        error_code: attempt?.errorCode ?? null,
        error_message: attempt?.errorMessage ?? null,
        duration_ms: attempt?.durationMs ?? 0,
        answer_excerpt: attempt?.answerExcerpt ?? null,
      },
    };
  },
});
