import { claimCvChanges, extendCvLease, type Store } from '@careerhooks/store';
import type { Logger } from 'pino';
import type { Presence } from '../presence';
import { type PollLoop, startPollLoop } from './poll-loop';
import type { WorkflowTarget } from './start-once';
import { START_TIMEOUT_MS, startCvUpdate } from './start-workflow';
import { REST_MS } from './timing';

/**
 * Carries committed changes of the CV to Temporal, as the dispatcher does with deliveries: what has
 * no live lease is started, and starting a workflow that runs does nothing. It stands apart so that
 * deliveries, which are many, do not look for changes of the CV, which are few.
 *
 * A change is looked for when one is committed (`wake`), and every second otherwise. One that could
 * not be started, since Temporal does not answer, is claimed again when its claim runs out.
 */
export type CvDispatcher = PollLoop;

const BATCH = 10;
const CLAIM_MS = 5_000;
/** How often to make sure that the workflow of an unfinished change still runs. */
const CHECK_EVERY_MS = 60_000;

export function startCvDispatcher(settings: {
  store: Store;
  target: WorkflowTarget;
  presence: Presence;
  log: Logger;
}): CvDispatcher {
  const { store, target, presence, log } = settings;

  async function startChanges(): Promise<false> {
    if (!presence.isThere()) return false;
    const claim = { limit: BATCH, leaseUntil: Date.now() + CLAIM_MS };
    for (const change of await claimCvChanges(store, claim)) {
      await presence.ask(START_TIMEOUT_MS, () => startCvUpdate(target, change));
      await extendCvLease(store, change.id, Date.now() + CHECK_EVERY_MS);
    }
    return false;
  }

  return startPollLoop({
    round: startChanges,
    restMs: () => REST_MS,
    failed: (error) =>
      log.warn({ err: error }, 'cv: a change could not be carried on; trying again'),
  });
}
