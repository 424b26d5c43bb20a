import { createTestDelivery, type Endpoint, getDelivery } from '@careerhooks/store';
import {
  type DeliveryErrorCode,
  findDeliverableType,
  matchesPattern,
  operationalEventsOf,
  type System,
} from '@careerhooks/systems';
import type { ServerContext } from '../context';
import { Problem } from '../problems/problem';
import { requireSystem } from '../systems/require-system';

/** Whose event a test is, where the endpoint gets all users' events. */
const TEST_USER = 'user_test';

/** A test that was sent, and what came of its one attempt. */
export interface SentTest {
  deliveryId: string;
  eventId: string | undefined;
  type: string;
  delivered: boolean;
  /** Null where there was no answer. */
  statusCode: number | null;
  errorCode: DeliveryErrorCode | null;
  errorMessage: string | null;
  durationMs: number;
  answerExcerpt: string | null;
}

/**
 * Sends the example of an event type (by default the first that the endpoint gets) to it, once.
 * Throws Problem `endpoint_not_active` or `unknown_event_type`.
 */
export async function testEndpoint(
  context: ServerContext,
  endpoint: Endpoint,
  wanted?: string,
): Promise<SentTest> {
  if (endpoint.status === 'pending') {
    throw new Problem(
      'endpoint_not_active',
      'Its URL has to answer the challenge first: POST …/verify.',
    );
  }
  const system = requireSystem(endpoint.system);
  const type = wanted ?? firstTypeOf(endpoint, system) ?? '';
  const eventType = findDeliverableType(system, type);
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
    deliveryId,
    eventId: delivery?.eventId,
    type,
    delivered: delivery?.status === 'delivered',
    statusCode: attempt?.statusCode ?? null,
    errorCode: attempt?.errorCode ?? null,
    errorMessage: attempt?.errorMessage ?? null,
    durationMs: attempt?.durationMs ?? 0,
    answerExcerpt: attempt?.answerExcerpt ?? null,
  };
}

/** The first type of the system's catalogue that the endpoint gets. */
function firstTypeOf(endpoint: Endpoint, system: System): string | undefined {
  const types = [...Object.keys(system.events), ...Object.keys(operationalEventsOf(system))];
  return types.find((type) => endpoint.events.some((pattern) => matchesPattern(pattern, type)));
}
