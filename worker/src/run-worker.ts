import { setTimeout as sleep } from 'node:timers/promises';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { type Activities, type CvActivities, TASK_QUEUE } from '@careerhooks/workflows';
import type { Logger } from 'pino';

/** A Temporal worker that is started again should it fail. */
export interface RunningWorker {
  /** Lets attempts under way end, and polls no more. */
  stop(): Promise<void>;
}

/** Longer than any POST may take (30 s), so that stopping never cuts one off. */
const SHUTDOWN_GRACE = '35s';
const RESTART_MS = 1_000;

export async function runWorker(settings: {
  connection: NativeConnection;
  namespace: string;
  activities: Activities & CvActivities;
  /** Path of the workflow bundle. */
  bundle: string;
  log: Logger;
}): Promise<RunningWorker> {
  const { log } = settings;
  const create = (): Promise<Worker> =>
    Worker.create({
      connection: settings.connection,
      namespace: settings.namespace,
      taskQueue: TASK_QUEUE,
      workflowBundle: { codePath: settings.bundle },
      activities: settings.activities,
      maxCachedWorkflows: 500,
      maxConcurrentActivityTaskExecutions: 200,
      maxConcurrentWorkflowTaskExecutions: 40,
      // After a crash, tasks for the dead process's cache go back to the common queue after this.
      stickyQueueScheduleToStartTimeout: '3s',
      shutdownGraceTime: SHUTDOWN_GRACE,
      shutdownForceTime: '45s',
    });

  let worker = await create();
  const stopping = new AbortController();
  const asked = stopping.signal;

  async function run(): Promise<void> {
    for (;;) {
      await runOnce();
      const next = await restart();
      if (next === undefined) return;
      worker = next;
    }
  }

  async function runOnce(): Promise<void> {
    try {
      const ended = worker.run();
      // While it was being made.
      if (asked.aborted) worker.shutdown();
      await ended;
    } catch (error) {
      log.error({ err: error }, 'worker: failed; starting it again');
    }
  }

  /** Undefined where it is to stop. */
  async function restart(): Promise<Worker | undefined> {
    for (;;) {
      if (!asked.aborted)
        await sleep(RESTART_MS, undefined, { signal: asked }).catch(() => undefined);
      if (asked.aborted) return undefined;
      try {
        return await create();
      } catch (error) {
        log.warn({ err: error }, 'worker: could not start; trying again');
      }
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    },
  };
}
