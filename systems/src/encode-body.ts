import { encodeJson } from './json/encode-json';
import type { DeliveryFacts, EventFacts, System } from './system';

/**
 * The exact bytes of a delivery: the system's envelope as compact JSON in UTF-8, with the event's
 * data in it as it is kept.
 *
 * The same event and delivery always give the same bytes. Receivers that parse the body and
 * stringify it again before they verify (RoleReady's documented one) get these bytes back, as long
 * as the data is written in JavaScript's own form: see `bodyForm` of a {@link System}.
 */
export function encodeBody(system: System, event: EventFacts, delivery: DeliveryFacts): Buffer {
  return Buffer.from(encodeJson(system.envelope(event, delivery)), 'utf8');
}
