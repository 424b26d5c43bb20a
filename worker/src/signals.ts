import { WorkflowNotFoundError } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import { cancel, deliveryWorkflowId, retryNow } from '@careerhooks/workflows';
import type { Logger } from 'pino';
import { waitAtMost } from './wait-at-most';
import type { Presence } from './presence';

/**
 * Tells workflows of deliveries what has been decided. The database is the truth: where Temporal does not
 * answer, a dispatcher finds there what is to go out now. What was cancelled has an end there, and its
 * workflow would find that when its next attempt is due: it is told once Temporal is back.
 *
 * - *Told*: Temporal has answered, also that there is no such workflow.
 * - *Missed*: it has not. A cancellation is told by `catchUp`, unless the delivery is opened again before by
 *   `retryNow`; a retry is left to the database.
 */
export interface Signals {
  /** Has a delivery's workflow make its next attempt now; what the database says comes first. */
  retryNow(deliveryId: string): Promise<void>;
  /** Says that a delivery was cancelled. */
  cancel(deliveryId: string): Promise<void>;
  /** Temporal is back: tells what it missed. */
  catchUp(): void;
}

/** How long a signal may take, in milliseconds. */
const SIGNAL_TIMEOUT_MS = 3_000;
/** How long whoever has asked for it waits. */
const PATIENCE_MS = 300;
/** Cancellations that Temporal has missed; workflows beyond that end when their next attempt is due. */
const MOST_MISSED = 1_000;

export function createSignals(presence: Presence, log: Logger): Signals {
  const missed = new Set<string>();

  /** Whether Temporal has answered. */
  async function signal(deliveryId: string, definition: SignalDefinition): Promise<boolean> {
    try {
      await presence.ask(
        SIGNAL_TIMEOUT_MS,
        (client) => client.workflow.getHandle(deliveryWorkflowId(deliveryId)).signal(definition),
        hasNone,
      );
      return true;
    } catch (error) {
      log.debug({ err: error, delivery: deliveryId }, 'signal: no workflow took it');
      return hasNone(error);
    }
  }

  async function sendCancel(deliveryId: string): Promise<void> {
    missed.delete(deliveryId);
    if (await signal(deliveryId, cancel)) return;
    if (missed.size < MOST_MISSED) missed.add(deliveryId);
  }

  async function sendMissed(): Promise<void> {
    for (const deliveryId of [...missed]) {
      if (!presence.isThere()) return;
      await sendCancel(deliveryId);
    }
  }

  return {
    retryNow(deliveryId) {
      // It was opened again.
      missed.delete(deliveryId);
      return waitAtMost(PATIENCE_MS, signal(deliveryId, retryNow));
    },
    cancel: (deliveryId) => waitAtMost(PATIENCE_MS, sendCancel(deliveryId)),
    catchUp: () => void sendMissed(),
  };
}

function hasNone(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError;
}
