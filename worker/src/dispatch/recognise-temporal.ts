import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import { releaseLeases, type Store, swapSetting } from '@careerhooks/store';
import { PURGE_ID, TASK_QUEUE } from '@careerhooks/workflows';
import type { Logger } from 'pino';
import { within } from '../within';

/** How long Temporal may take for each step, in milliseconds. */
const STEP_MS = 3_000;

/**
 * Makes sure that the daily purge is scheduled, and tells by when that schedule
 * was made whether this is the Temporal that carried our workflows before. If
 * not (its store was lost, or another cluster is used), every unfinished
 * delivery is started anew.
 *
 * @throws whatever the client does, and an error where Temporal takes longer than some seconds
 */
export async function recogniseTemporal(store: Store, client: Client, log: Logger): Promise<void> {
  const madeAt =
    (await within(STEP_MS, () => purgeScheduledAt(client))) ??
    (await within(2 * STEP_MS, () => schedulePurge(client)));
  const before = await swapSetting(store, 'temporal_identity', madeAt);
  if (before === undefined || before === madeAt) return;
  log.warn('Temporal has a new store: every unfinished delivery is started there again');
  await releaseLeases(store, { firstAttempts: false });
}

async function purgeScheduledAt(client: Client): Promise<string | undefined> {
  try {
    const { info } = await client.schedule.getHandle(PURGE_ID).describe();
    return info.createdAt.toISOString();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

async function schedulePurge(client: Client): Promise<string> {
  try {
    await client.schedule.create({
      scheduleId: PURGE_ID,
      spec: { calendars: [{ hour: 3, minute: 15 }] },
      action: {
        type: 'startWorkflow',
        workflowType: 'purge',
        workflowId: PURGE_ID,
        taskQueue: TASK_QUEUE,
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
    });
  } catch (error) {
    // Another process made it first.
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
  const { info } = await client.schedule.getHandle(PURGE_ID).describe();
  return info.createdAt.toISOString();
}
