import { type Destination, destinationOf, type OutgoingRequest } from '@careerhooks/destinations';
import { type DeliveryToMake, openSettings, type Sealer } from '@careerhooks/store';
import { type EventFacts, findSystem, JsonText, type System } from '@careerhooks/systems';
import { retryDelay } from './retry-delay';

/** A signed request, as it goes out. It stays in this process: it never enters a workflow's history. */
export interface PreparedRequest {
  delivery: DeliveryToMake;
  system: System;
  destination: Destination;
  /** What its destination has prepared, and sends. */
  outgoing: OutgoingRequest;
}

/** Has the request of attempt `attempt` built and signed, now, by the destination of its endpoint. */
export function prepareRequest(
  delivery: DeliveryToMake,
  attempt: number,
  sealer: Sealer,
): PreparedRequest {
  const system = findSystem(delivery.event.system);
  if (system === undefined) throw new Error(`There is no system ${delivery.event.system}.`);
  const { endpoint } = delivery;
  const destination = destinationOf(endpoint.url);
  const outgoing = destination.prepare(
    {
      url: endpoint.url,
      settings: openSettings(sealer, endpoint),
      timeoutMs: endpoint.timeoutMs ?? system.timeoutMs,
    },
    {
      system,
      event: factsOf(delivery.event),
      delivery,
      attempt,
      lastAttempt: retryDelay(delivery, system, attempt, 0) === undefined,
      timestamp: Math.floor(Date.now() / 1000),
      keys: delivery.keys,
    },
  );
  return { delivery, system, destination, outgoing };
}

function factsOf(event: DeliveryToMake['event']): EventFacts {
  return {
    id: event.id,
    type: event.type,
    user: event.user,
    data: new JsonText(event.data),
    ...(event.previousAttributes !== null && {
      previousAttributes: new JsonText(event.previousAttributes),
    }),
    createdAt: event.createdAt,
  };
}
