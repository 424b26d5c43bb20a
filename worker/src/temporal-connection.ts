import type { NativeConnection } from '@temporalio/worker';

/** The Temporal that a process is to work on. */
export interface TemporalConnection {
  connection: NativeConnection;
  namespace: string;
  /** Makes the namespace ready, or gives up when `signal` aborts; says whether it has our search attributes. */
  setUp(signal: AbortSignal): Promise<{ searchAttributes: boolean }>;
}
