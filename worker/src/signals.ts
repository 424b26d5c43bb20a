import type { Client } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import { cancel, deliveryWorkflowId, retryNow } from '@careerhooks/workflows';
import type { Logger } from 'pino';

/** Tells workflows of deliveries what has been decided; nothing where Temporal does not answer. */
export interface Signals {
  connect(client: Client): void;
  /** Has a delivery's workflow make its next attempt now; what the database says comes first. */
  hurry(deliveryId: string): Promise<void>;
  /** Says that a delivery was cancelled. */
  cancel(deliveryId: string): Promise<void>;
}

/** How long a signal may take, in milliseconds: nobody waits for it, the database is the truth. */
const SIGNAL_TIMEOUT_MS = 3_000;

export function createSignals(log: Logger): Signals {
  let connected: Client | undefined;

  async function signal(deliveryId: string, definition: SignalDefinition): Promise<void> {
    if (connected === undefined) return;
    const client = connected;
    try {
      await client.withDeadline(Date.now() + SIGNAL_TIMEOUT_MS, () =>
        client.workflow.getHandle(deliveryWorkflowId(deliveryId)).signal(definition),
      );
    } catch (error) {
      // There is none, or Temporal is away: the dispatcher finds in the database what is to be done.
      log.debug({ err: error, delivery: deliveryId }, 'signal: no workflow took it');
    }
  }

  return {
    connect: (client) => void (connected = client),
    hurry: (deliveryId) => signal(deliveryId, retryNow),
    cancel: (deliveryId) => signal(deliveryId, cancel),
  };
}
