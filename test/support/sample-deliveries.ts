import { randomUUID } from 'node:crypto';
import {
  encodeBody,
  generateKeys,
  JsonText,
  requestHeaders,
  systems,
  type EventFacts,
  type JsonObject,
  type SigningKeys,
  type System,
} from '@careerhooks/systems';

/** A delivery as it goes out, and what a receiver would know of it. */
export interface SampleDelivery {
  system: System;
  event: EventFacts;
  deliveryId: string;
  body: Buffer;
  headers: Record<string, string>;
  keys: SigningKeys[];
  /** Unix seconds: now, so that third-party verifiers accept it. */
  timestamp: number;
}

export function system(key: string): System {
  return systems.get(key)!;
}

/** What a test says of its event; data as the value that it is. */
export type SampleFacts = Partial<Omit<EventFacts, 'data' | 'previousAttributes'>> & {
  data?: JsonObject;
  previousAttributes?: JsonObject;
};

export function sampleEvent(of: System, type: string, over: SampleFacts = {}): EventFacts {
  const { example, previousAttributesExample } = of.events[type]!;
  const { data = example, previousAttributes = previousAttributesExample, ...facts } = over;
  return {
    id: 'evt_1234567890',
    type,
    user: 'user_1',
    data: JsonText.of(data),
    ...(previousAttributes && { previousAttributes: JsonText.of(previousAttributes) }),
    createdAt: Date.UTC(2024, 10, 14, 10, 5, 0, 678),
    ...facts,
  };
}

export function sampleDelivery(
  of: System,
  type: string,
  { data, keys = [generateKeys(of)] }: { data?: JsonObject; keys?: SigningKeys[] } = {},
): SampleDelivery {
  const event = sampleEvent(of, type, data && { data });
  const deliveryId = randomUUID();
  const body = encodeBody(of, event, { id: deliveryId });
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = requestHeaders({
    system: of,
    event,
    delivery: { id: deliveryId },
    attempt: 1,
    lastAttempt: false,
    body,
    timestamp,
    keys,
  });
  return { system: of, event, deliveryId, body, headers, keys, timestamp };
}

/** Text that finds careless handling of Unicode, HTML and JSON. */
const awkwardText = 'Zoë 履歴書 🚀 <b>&"\\/\u2028\n';

/**
 * Each event type of a system twice: as in its catalogue, and with awkward text beside its
 * documented fields.
 */
export function sampleDeliveries(of: System): SampleDelivery[] {
  return Object.entries(of.events).flatMap(([type, { example }]) => [
    sampleDelivery(of, type),
    sampleDelivery(of, type, { data: { ...example, note: awkwardText, score: 1e21, 7: -0.5 } }),
  ]);
}

export function everyDelivery(): SampleDelivery[] {
  return [...systems.values()].flatMap(sampleDeliveries);
}
