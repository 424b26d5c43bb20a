import { createTestDelivery, type Endpoint, getDelivery } from '@careerhooks/store';
import { findDeliverableType, matchesPattern, operationalEventsOf } from '@careerhooks/systems';
import type { ServerContext } from '../../context';
import { Problem } from '../../problems/problem';
import { requireSystem } from '../require-system';

/** Whose event a test is, where the endpoint gets all users' events. */
const TEST_USER = 'user_test';

/** A test that was sent, and what came of it. */
export interface SentTest {
  deliveryId: string;
  type: string;
  delivery: Awaited<ReturnType<typeof getDelivery>>;
}

/**
 * Sends the example of an event type (by default the first that the endpoint gets) to it, once.
 * Throws Problem `endpoint_not_active` or `unknown_event_type`.
 */
export async function sendTest(
  context: ServerContext,
  endpoint: Endpoint,
  wanted: string | undefined,
): Promise<SentTest> {
  if (endpoint.status === 'pending') {
    throw new Problem(
      'endpoint_not_active',
      'Its URL has to answer the challenge first: POST …/verify.',
    );
  }
  const system = requireSystem(endpoint.system);
  const type =
    wanted ??
    [...Object.keys(system.events), ...Object.keys(operationalEventsOf(system))].find((name) =>
      endpoint.events.some((pattern) => matchesPattern(pattern, name)),
    ) ??
    '';
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
  return { deliveryId, type, delivery: await getDelivery(context.store, deliveryId) };
}
