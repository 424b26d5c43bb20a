import type { ZodType } from 'zod';
import type { JsonObject } from './json/json';
import type { JsonParts, JsonText } from './json/json-text';

/** One entry of a system's event catalogue. */
export interface EventType {
  /** One sentence for a person who chooses events from a list. */
  description: string;
  /** Heading under which lists show it: `resume`, `export`, `job`, … */
  group: string;
  /** The documented fields of `data`; fields beyond them pass through unchanged. */
  schema: ZodType;
  /** `data` as the system's document shows it. */
  example: JsonObject;
  /** For update events of systems that send them: an example of `previous_attributes`. */
  previousAttributesExample?: JsonObject;
}

/** What an envelope may say of its event. */
export interface EventFacts {
  /** Unique within its system and user. */
  id: string;
  type: string;
  /** The product's own id of the user to whom the event belongs. */
  user: string;
  /** An object. */
  data: JsonText;
  previousAttributes?: JsonText;
  /** Unix time in milliseconds at which the event was accepted. */
  createdAt: number;
}

/** What an envelope may say of its delivery. */
export interface DeliveryFacts {
  /** A UUID, the same on every attempt. */
  id: string;
}

/**
 * One generation of an endpoint's keys. Rotation adds a generation and lets the
 * older ones live on for a while.
 */
export interface SigningKeys {
  /** Keys the system's own signature header, as UTF-8 text. */
  secret: string;
  /** `whsec_` and base64 of 24–64 bytes: keys the Standard Webhooks `v1` signature. */
  signingKey: string;
  /** `whsk_` and base64 of an Ed25519 seed: adds a Standard Webhooks `v1a` signature. */
  privateKey?: string;
}

/** All that a system's own headers may depend on. */
export interface HeaderFacts {
  event: Omit<EventFacts, 'data' | 'previousAttributes'>;
  delivery: DeliveryFacts;
  /** The exact bytes that are sent. */
  body: Uint8Array;
  /** The newest generation's `secret`. */
  secret: string;
  /** Unix time of the attempt, in seconds. */
  timestamp: number;
}

/** What a receiver has of a delivery. */
export interface Received {
  /** As Node has them: names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The exact bytes that arrived. */
  body: Buffer;
}

/** A system's own signature in the words of a table, for whoever writes a receiver. */
interface DocumentedSignature {
  /** As the document writes it. */
  header: string;
  /** What the header holds: `sha256=<hex>`. */
  form: string;
  /** What is signed: `body`. */
  over: string;
}

/** When to try again. */
export interface RetrySchedule {
  /** `delaysMs[n - 1]` is the wait after failed attempt n; beyond the list its last delay repeats. */
  delaysMs: readonly number[];
  /** Attempts after the first one; `Infinity` where only the 24 h expiry ends it. */
  maxRetries: number;
  /** Share of the delay by which it may be randomly longer, 0 where a document promises exact delays. */
  jitter: number;
}

/** Bounds on what an endpoint of the system may ask for. */
export interface SystemLimits {
  /** Characters. */
  maxUrlLength: number;
  /** Seconds. */
  maxTimeoutSeconds: number;
  maxRetries: number;
}

/**
 * An event type that tells of progress: at most one of them in `windowMs` goes to an endpoint for
 * the same key, and the newest wins.
 */
export interface Throttle {
  type: string;
  /** What the events are about, so that each thing has a window of its own. */
  key(data: JsonObject): string;
  windowMs: number;
  /** Types that end the wait: what waits for the same key goes out at once, before them. */
  flushedBy: readonly string[];
}

/** A product's webhook system, as data and pure functions. */
export interface System {
  /**
   * As in URLs and in the API: `roleready`. Small letters and digits alone, since in capitals it begins
   * names of settings: `ROLEREADY_JWT_SECRET`.
   */
  key: string;
  /** As people write it: `RoleReady`. */
  name: string;
  /** One sentence. */
  description: string;
  events: Readonly<Record<string, EventType>>;
  /** The body's value: a pure function of event and delivery, so that every attempt sends the same bytes. */
  envelope(event: EventFacts, delivery: DeliveryFacts): JsonParts;
  /**
   * How data is written in a body: `verbatim`, token by token as its producer wrote it; or in
   * `javascript`'s own form, where the documented verifier parses the body and stringifies it again:
   * then a number that JavaScript cannot hold cannot be sent.
   */
  bodyForm: 'verbatim' | 'javascript';
  /** The system's own headers, its signature among them; names as the document writes them. */
  headers(facts: HeaderFacts): Record<string, string>;
  signature: DocumentedSignature;
  /**
   * Whether a delivery is signed with `secret`: the receiver's side, written as the document shows it,
   * in constant time. It shares no code with `headers`, so that the two prove each other.
   */
  verify(received: Received, secret: string): boolean;
  retry: RetrySchedule;
  /** Milliseconds that a receiver has for headers and body together. */
  timeoutMs: number;
  limits: SystemLimits;
  /** How a secret looks that is made for an integrator who brings none. */
  secretFormat: 'whsec' | 'hex';
  /** Whether registering an endpoint always challenges its URL. */
  challengesByDefault: boolean;
  /**
   * What stands for the user in the events of a system that has no users: they are of the product as a
   * whole, so that a key or an endpoint for one user would get none of them.
   */
  soleUser?: string;
  /** Event types whose lost delivery is an event itself: `delivery.failed`. */
  critical?: readonly string[];
  throttle?: Throttle;
}
