import {
  encodeBody,
  findSystem,
  JsonText,
  requestHeaders,
  type System,
} from '@careerhooks/systems';
import { type DeliveryToMake, openHeaders, type Sealer } from '@careerhooks/store';
import { mergeHeaders } from './merge-headers';
import { retryDelay } from './retry-delay';

/** A signed request, as it goes out. It stays in this process: it never enters a workflow's history. */
export interface PreparedRequest {
  delivery: DeliveryToMake;
  system: System;
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  timeoutMs: number;
}

/**
 * Builds and signs the request of attempt `attempt`: the same body on every
 * attempt, a timestamp and signatures of now. The endpoint's own extra headers
 * come first, so that they cannot replace a signature.
 */
export function prepareRequest(
  delivery: DeliveryToMake,
  attempt: number,
  sealer: Sealer,
): PreparedRequest {
  const system = findSystem(delivery.event.system);
  if (system === undefined) throw new Error(`There is no system ${delivery.event.system}.`);
  const event = {
    id: delivery.event.id,
    type: delivery.event.type,
    user: delivery.event.user,
    data: new JsonText(delivery.event.data),
    ...(delivery.event.previousAttributes !== null && {
      previousAttributes: new JsonText(delivery.event.previousAttributes),
    }),
    createdAt: delivery.event.createdAt,
  };
  const body = encodeBody(system, event, delivery);
  const signed = requestHeaders({
    system,
    event,
    delivery,
    attempt,
    lastAttempt: retryDelay(delivery, system, attempt, 0) === undefined,
    body,
    timestamp: Math.floor(Date.now() / 1000),
    keys: delivery.keys,
  });
  return {
    delivery,
    system,
    url: delivery.endpoint.url,
    headers: mergeHeaders(openHeaders(sealer, delivery.endpoint), signed),
    body,
    timeoutMs: delivery.endpoint.timeoutMs ?? system.timeoutMs,
  };
}
