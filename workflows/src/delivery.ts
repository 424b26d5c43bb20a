import {
  condition,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities, DeliveryEnd, DeliveryWaits, PostOutcome } from './activities';
import { cancel, retryNow } from './signals';
import { showStatus } from './status-attribute';

/** What a delivery is carried with: ids and times, never a secret or a body. */
export interface DeliveryInput extends DeliveryWaits {
  deliveryId: string;
  /** Attempts made before this workflow. */
  attempts: number;
  /** Unix milliseconds, by the clock of whoever starts it. */
  nextAttemptAt: number;
  /** Unix milliseconds, likewise. */
  expiresAt: number;
  /** The receiver, for people: the host of its URL. */
  host: string;
  searchAttributes: boolean;
}

export interface DeliveryResult {
  status: DeliveryEnd;
  attempts: number;
}

/**
 * An attempt may take the 120 s that an endpoint can ask for; a worker that dies
 * shows itself by the missing heartbeat.
 */
const { post, expire } = proxyActivities<Activities>({
  startToCloseTimeout: '3m',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '500ms', maximumInterval: '30s' },
});

/**
 * To sign takes a few milliseconds and leaves nothing behind but a request in
 * memory: as a local activity it costs no way through the server. While it fails
 * it holds a slot for workflow tasks only for the first waits, not the longer ones.
 */
const { sign } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10s',
  localRetryThreshold: '1s',
  retry: { initialInterval: '500ms', maximumInterval: '30s' },
});

/** How long a first attempt that is under way already is waited for without going through the server. */
const { adopt } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10s',
  localRetryThreshold: '1s',
  retry: { initialInterval: '500ms', maximumInterval: '30s' },
});

/**
 * One delivery to its end: sign, POST, and on failure wait and try again, until
 * it is delivered, has no attempt left, or its 24 h are over.
 */
export async function delivery(input: DeliveryInput): Promise<DeliveryResult> {
  const asked = { retryNow: false, cancel: false };
  setHandler(retryNow, () => void (asked.retryNow = true));
  setHandler(cancel, () => void (asked.cancel = true));

  const { deliveryId, host } = input;
  const story: string[] = [];
  let attempts = input.attempts;
  const startedAt = workflowInfo().startTime.getTime();
  let dueAt = after(startedAt, input.nextAttemptInMs) ?? input.nextAttemptAt;
  let expiresAt = after(startedAt, input.expiresInMs) ?? input.expiresAt;

  const end = (status: DeliveryEnd): DeliveryResult => {
    showStatus(status, input.searchAttributes);
    setCurrentDetails([...story, `**${status}** after ${attempts} attempts`].join('\n\n'));
    return { status, attempts };
  };

  for (;;) {
    const waitMs = Math.min(dueAt, expiresAt) - Date.now();
    if (waitMs > 0) {
      await condition(() => asked.retryNow || asked.cancel, waitMs, {
        summary: `waits to make attempt ${attempts + 1}`,
      });
    }
    if (asked.cancel) return end('cancelled');
    if (Date.now() >= expiresAt && (await expire(deliveryId)).expired) return end('expired');
    asked.retryNow = false;

    const ref = { deliveryId, attempt: attempts + 1 };
    const signed = await sign.executeWithOptions({ summary: `attempt ${ref.attempt}` }, [ref]);
    if (signed.status !== 'signed') return end(signed.status);

    const summary = `attempt ${ref.attempt} to ${host}`;
    // A receiver that is quick has answered by now: no way through the server for that.
    const adopted =
      signed.begun === true ? await adopt.executeWithOptions({ summary }, [ref]) : undefined;
    const outcome =
      adopted === undefined || adopted.status === 'under_way'
        ? await post.executeWithOptions({ summary }, [ref])
        : adopted;
    attempts = outcome.attempts;
    story.push(describe(outcome));
    if (outcome.status !== 'retrying') return end(outcome.status);

    const now = Date.now();
    dueAt = after(now, outcome.nextAttemptInMs) ?? outcome.nextAttemptAt ?? dueAt;
    expiresAt = after(now, outcome.expiresInMs) ?? outcome.expiresAt ?? expiresAt;
    showStatus('retrying', input.searchAttributes);
    setCurrentDetails(story.join('\n\n'));
  }
}

/** By Temporal's clock, as all times here; undefined where no wait was told. */
function after(from: number, ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : from + ms;
}

/** One line of the story that the Temporal UI shows. */
function describe(outcome: PostOutcome): string {
  const answer = outcome.statusCode === undefined ? 'no answer' : `HTTP ${outcome.statusCode}`;
  const error = outcome.errorCode === undefined ? '' : ` (${outcome.errorCode})`;
  const next =
    outcome.nextAttemptAt === undefined
      ? ''
      : `, next at ${new Date(outcome.nextAttemptAt).toISOString()}`;
  return `attempt ${outcome.attempts}: ${answer}${error} in ${outcome.durationMs ?? 0} ms${next}`;
}
