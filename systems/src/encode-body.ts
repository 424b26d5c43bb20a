import type { DeliveryFacts, EventFacts, System } from './system';

/**
 * The exact bytes of a delivery: the system's envelope as compact JSON in UTF-8.
 *
 * The same event and delivery always give the same bytes. Receivers that parse the body and
 * stringify it again before they verify (RoleReady's documented one) get these bytes back.
 */
export function encodeBody(system: System, event: EventFacts, delivery: DeliveryFacts): Buffer {
  return Buffer.from(JSON.stringify(system.envelope(event, delivery)), 'utf8');
}
