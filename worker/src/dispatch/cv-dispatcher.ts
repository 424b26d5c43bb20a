import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import {
  claimCvChanges,
  type ClaimedCvChange,
  extendCvLease,
  type Store,
} from '@careerhooks/store';
import {
  type CvUpdateInput,
  cvUpdateWorkflowId,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
} from '@careerhooks/workflows';
import type { Logger } from 'pino';
import type { Presence } from '../presence';
import { type PollLoop, startPollLoop } from './poll-loop';
import { type WorkflowTarget, START_TIMEOUT_MS } from './start-workflow';

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
const REST_MS = 1_000;
const CLAIM_MS = 5_000;
/** How often to make sure that the workflow of an unfinished change still runs. */
const LOOK_AGAIN_MS = 60_000;

export function startCvDispatcher(settings: {
  store: Store;
  target: WorkflowTarget;
  presence: Presence;
  log: Logger;
}): CvDispatcher {
  const { store, target, presence, log } = settings;

  async function take(): Promise<false> {
    if (!presence.isThere()) return false;
    const claim = { limit: BATCH, leaseUntil: Date.now() + CLAIM_MS };
    for (const change of await claimCvChanges(store, claim)) {
      await presence.ask(START_TIMEOUT_MS, () => startCvUpdate(target, change));
      await extendCvLease(store, change.id, Date.now() + LOOK_AGAIN_MS);
    }
    return false;
  }

  return startPollLoop({
    round: take,
    restMs: () => REST_MS,
    failed: (error) =>
      log.warn({ err: error }, 'cv: a change could not be carried on; trying again'),
  });
}

async function startCvUpdate(target: WorkflowTarget, change: ClaimedCvChange): Promise<void> {
  const { id, action, section } = change;
  const input: CvUpdateInput = {
    changeId: id,
    action,
    section,
    searchAttributes: target.searchAttributes,
  };
  const attributes = { system: 'cv', status: 'processing' } as const;
  const names = ['system', 'status'] as const;
  try {
    await target.client.workflow.start('cvUpdate', {
      workflowId: cvUpdateWorkflowId(id),
      args: [input],
      taskQueue: TASK_QUEUE,
      requestEagerStart: true,
      staticSummary: `${action} ${section}`,
      typedSearchAttributes: target.searchAttributes
        ? names.map((name) => ({
            key: defineSearchAttributeKey(SEARCH_ATTRIBUTES[name], 'KEYWORD'),
            value: attributes[name],
          }))
        : [],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
