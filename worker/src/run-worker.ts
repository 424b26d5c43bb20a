import { setTimeout as sleep } from 'node:timers/promises';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { type Activities, type CvActivities, TASK_QUEUE } from '@careerhooks/workflows';
import type { Logger } from 'pino';

/**
 * A Temporal worker that is started again should it fail:
 *
 * - *Running*: it polls. Where it fails, or ends by itself, it is *down*.
 * - *Down*: another is made a second later, again and again until Temporal takes it, which then is *running*.
 * - *Stopped*, by `stop`: what runs polls no more and ends; what is down stays so.
 */
export interface RunningWorker {
  /** Lets attempts under way end, and polls no more. */
  stop(): Promise<void>;
}

/** Longer than any POST may take (30 s), so that stopping never cuts one off. */
const SHUTDOWN_GRACE = '35s';
const RESTART_MS = 1_000;

interface Settings {
  connection: NativeConnection;
  namespace: string;
  activities: Activities & CvActivities;
  /** Path of the workflow bundle. */
  bundle: string;
  log: Logger;
}

interface State {
  settings: Settings;
  /** The one that runs, or ran last. */
  worker: Worker;
  stopping: AbortSignal;
}

/** @throws what the SDK does where Temporal does not take the first worker */
export async function runWorker(settings: Settings): Promise<RunningWorker> {
  const stopping = new AbortController();
  const worker = await createWorker(settings);
  const state: State = { settings, worker, stopping: stopping.signal };
  const running = run(state);
  return {
    async stop() {
      stopping.abort();
      if (state.worker.getState() === 'RUNNING') state.worker.shutdown();
      await running;
    },
  };
}

function createWorker({ connection, namespace, activities, bundle }: Settings): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: bundle },
    activities,
    maxCachedWorkflows: 500,
    maxConcurrentActivityTaskExecutions: 200,
    maxConcurrentWorkflowTaskExecutions: 40,
    // After a crash, tasks for the dead process's cache go back to the common queue after this.
    stickyQueueScheduleToStartTimeout: '3s',
    shutdownGraceTime: SHUTDOWN_GRACE,
    shutdownForceTime: '45s',
  });
}

async function run(state: State): Promise<void> {
  for (;;) {
    await runOnce(state);
    const next = await restart(state);
    if (next === undefined) return;
    state.worker = next;
  }
}

async function runOnce({ worker, stopping, settings }: State): Promise<void> {
  try {
    const ended = worker.run();
    // While it was being made.
    if (stopping.aborted) worker.shutdown();
    await ended;
  } catch (error) {
    settings.log.error({ err: error }, 'worker: failed; starting it again');
  }
}

/** Undefined where it is to stop. */
async function restart({ stopping, settings }: State): Promise<Worker | undefined> {
  for (;;) {
    if (!stopping.aborted) {
      await sleep(RESTART_MS, undefined, { signal: stopping }).catch(() => undefined);
    }
    if (stopping.aborted) return undefined;
    try {
      return await createWorker(settings);
    } catch (error) {
      settings.log.warn({ err: error }, 'worker: could not start; trying again');
    }
  }
}
