import type { EgressClient } from '@careerhooks/egress';
import type { AttemptLog, AttemptRecord, DeliveryToMake, Store } from '@careerhooks/store';
import type { Logger } from 'pino';

/** What all of the worker's functions work with. */
export interface WorkerContext {
  store: Store;
  /** Every request to a receiver goes out through it. */
  egress: EgressClient;
  attemptLog: AttemptLog;
  /** An attempt was made and recorded. */
  onAttempt(delivery: DeliveryToMake, record: AttemptRecord): void;
  /** Has the dispatcher look for deliveries to take. */
  wake(): void;
  log: Logger;
}
