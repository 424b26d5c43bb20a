/** An event as its producer publishes it. */
export interface NewEvent {
  system: string;
  user: string;
  type: string;
  /** JSON text of an object. */
  data: string;
  previousAttributes?: string;
  /**
   * What tells this event from another with the same id or key, where that is not the texts above: the
   * same objects in another spelling.
   */
  compared?: { data: string; previousAttributes?: string };
  /** The producer's own id; one is made where there is none. */
  id?: string;
  /** The producer's key for this publication; publishing it again gives the first event. */
  idempotencyKey?: string;
  /** Should a delivery of it fail for good, an event `delivery.failed` says so. */
  critical?: boolean;
  /** For each endpoint, at most one event of this type and key goes out in `windowMs`; the newest wins. */
  throttle?: { key: string; windowMs: number };
  /** What waits for this key by its throttle goes out at once, before this event. */
  flushes?: { key: string };
}

/** What an event came to that was published. */
export interface AcceptedEvent {
  id: string;
  type: string;
  /** How many deliveries were written for it; for a duplicate, those of the first time. */
  deliveries: number;
  duplicate: boolean;
}
