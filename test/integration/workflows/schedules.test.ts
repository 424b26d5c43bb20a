import { resolve } from 'node:path';
import {
  DELIVERY_LIFETIME_MS,
  extendedRetry,
  type RetrySchedule,
  retryDelayMs,
  systems,
} from '@careerhooks/systems';
import {
  type Activities,
  cancel,
  type DeliveryInput,
  type DeliveryResult,
  retryNow,
  TASK_QUEUE,
} from '@careerhooks/workflows';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { startTimeSkippingServer } from '../../support/temporal';

const HOUR_MS = 3_600_000;
/** An event may take this long to come from the server's clock to the activity, in milliseconds. */
const LATE_MS = 1_000;

let env: TestWorkflowEnvironment;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ env, stop } = await startTimeSkippingServer());
});
afterAll(() => stop());

/** How far the clock of the process that makes attempts is ahead of Temporal's, in milliseconds. */
const CLOCKS = [
  ['right', 0],
  ['2 h ahead', 2 * HOUR_MS],
  ['2 h behind', -2 * HOUR_MS],
] as const;

/** What the activities of one delivery saw, in the server's milliseconds. */
interface Seen {
  attempts: number[];
  expiredAt?: number;
}

/**
 * Activities by the real interface, of a receiver that always fails.
 * @param expiresAt by the server's clock
 * @param ahead how far this process's clock is ahead of the server's, in milliseconds
 * @param waitOf milliseconds after this failed attempt; undefined: it was the last.
 */
function failingActivities(
  seen: Seen,
  { expiresAt, ahead }: { expiresAt: number; ahead: number },
  waitOf: (attempt: number) => number | undefined,
): Activities {
  const unused = (): never => {
    throw new Error('A delivery does not do this.');
  };
  return {
    sign: () => Promise.resolve({ status: 'signed', bytes: 1, signatures: 1 }),
    async post({ attempt }) {
      const now = await env.currentTimeMs();
      seen.attempts.push(now);
      const wait = waitOf(attempt);
      const made = { attempts: attempt, statusCode: 500, errorCode: 'http_500', durationMs: 0 };
      return wait === undefined
        ? { ...made, status: 'failed' }
        : {
            ...made,
            status: 'retrying',
            nextAttemptAt: now + ahead + wait,
            nextAttemptInMs: wait,
            expiresAt: expiresAt + ahead,
            expiresInMs: expiresAt - now,
          };
    },
    async expire() {
      seen.expiredAt = await env.currentTimeMs();
      return { expired: true };
    },
    adopt: unused,
    carry: unused,
    challenge: unused,
    purge: unused,
  };
}

let deliveries = 0;

/** Runs one delivery to its end while the server skips the time between. */
async function deliver(
  waitOf: (attempt: number) => number | undefined,
  ahead = 0,
): Promise<{ result: DeliveryResult; seen: Seen; startedAt: number; workflowId: string }> {
  const startedAt = await env.currentTimeMs();
  const seen: Seen = { attempts: [] };
  const workflowId = `delivery/${++deliveries}`;
  const expiresAt = startedAt + DELIVERY_LIFETIME_MS;
  const input: DeliveryInput = {
    deliveryId: String(deliveries),
    attempts: 0,
    nextAttemptAt: startedAt + ahead,
    nextAttemptInMs: 0,
    expiresAt: expiresAt + ahead,
    expiresInMs: DELIVERY_LIFETIME_MS,
    host: 'receiver.example',
    searchAttributes: false,
  };
  const worker = await createWorker(failingActivities(seen, { expiresAt, ahead }, waitOf));
  const result = await worker.runUntil(
    env.client.workflow.execute('delivery', { workflowId, taskQueue: TASK_QUEUE, args: [input] }),
  );
  return { result: result as DeliveryResult, seen, startedAt, workflowId };
}

function createWorker(activities: Activities): Promise<Worker> {
  return Worker.create({
    connection: env.nativeConnection,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: resolve('worker/dist/workflow-bundle.js') },
    activities,
  });
}

/** The pauses between attempts that a schedule promises, in milliseconds. */
function promised({ delaysMs, maxRetries }: RetrySchedule): number[] {
  return Array.from({ length: maxRetries }, (_, n) => delaysMs[n] ?? delaysMs.at(-1)!);
}

/** The moments at which the workflow's timers were to fire, as its history has them. */
async function timersOf(workflowId: string): Promise<number[]> {
  const { events } = await env.client.workflow.getHandle(workflowId).fetchHistory();
  const ms = (time: { seconds?: unknown; nanos?: number | null } | null | undefined): number =>
    Number(time?.seconds) * 1000 + Math.round((time?.nanos ?? 0) / 1e6);
  let now = 0;
  const timers: number[] = [];
  for (const event of events ?? []) {
    if (event.workflowTaskStartedEventAttributes != null) now = ms(event.eventTime);
    const timer = event.timerStartedEventAttributes;
    if (timer != null) timers.push(now + ms(timer.startToFireTimeout));
  }
  return timers;
}

describe('attempts come when the document says', () => {
  test.each([...systems.values()])('$name', async ({ retry }) => {
    const { result, seen } = await deliver((attempt) => retryDelayMs(retry, attempt, 0));
    const pauses = seen.attempts.slice(1).map((at, index) => at - seen.attempts[index]!);
    const expected = promised(retry);
    expect(result).toEqual({ status: 'failed', attempts: expected.length + 1 });
    expect(pauses).toHaveLength(expected.length);
    expected.forEach((pause, index) => {
      expect(pauses[index]).toBeGreaterThanOrEqual(pause);
      expect(pauses[index]).toBeLessThan(pause + LATE_MS);
    });
  });
});

describe.each(CLOCKS)('where the clock is %s, a delivery ends 24 h after its event', (_, ahead) => {
  test('on the extended schedule, after seven attempts', async () => {
    const { result, seen, startedAt, workflowId } = await deliver(
      (attempt) => retryDelayMs(extendedRetry, attempt, 0),
      ahead,
    );
    expect(result).toEqual({ status: 'expired', attempts: 7 });
    const hours = seen.attempts.map((at) => Number(((at - startedAt) / HOUR_MS).toFixed(1)));
    expect(hours).toEqual([0, 0, 0.1, 0.6, 2.6, 7.6, 17.6]);
    expectEnd((await timersOf(workflowId)).at(-1)! - startedAt);
    expectEnd(seen.expiredAt! - startedAt);
  });

  test('even where the receiver asked for more time', async () => {
    const { result, seen, startedAt, workflowId } = await deliver(() => 30 * HOUR_MS, ahead);
    expect(result).toEqual({ status: 'expired', attempts: 1 });
    const timers = await timersOf(workflowId);
    expect(timers).toHaveLength(1);
    expectEnd(timers[0]! - startedAt);
    expect(seen.attempts).toHaveLength(1);
  });
});

/** Not before 24 h, since an attempt would be made then, and hardly later. */
function expectEnd(afterMs: number): void {
  expect(afterMs).toBeGreaterThanOrEqual(DELIVERY_LIFETIME_MS);
  expect(afterMs).toBeLessThan(DELIVERY_LIFETIME_MS + LATE_MS);
}

describe('signals', () => {
  test.each([
    ['retryNow makes the next attempt', retryNow, { status: 'failed', attempts: 2 }, 2],
    ['cancel ends the delivery', cancel, { status: 'cancelled', attempts: 1 }, 1],
  ] as const)('%s hours before it is due', async (_, signal, expected, attempts) => {
    const startedAt = await env.currentTimeMs();
    const seen: Seen = { attempts: [] };
    const expiresAt = startedAt + DELIVERY_LIFETIME_MS;
    const activities = failingActivities(seen, { expiresAt, ahead: 0 }, (attempt) =>
      attempt === 1 ? 5 * HOUR_MS : undefined,
    );
    const worker = await createWorker(activities);
    const input: DeliveryInput = {
      deliveryId: 'signalled',
      attempts: 0,
      nextAttemptAt: startedAt,
      expiresAt,
      host: 'receiver.example',
      searchAttributes: false,
    };
    const { result, closedAt } = await worker.runUntil(async () => {
      const handle = await env.client.workflow.start('delivery', {
        workflowId: `delivery/${++deliveries}`,
        taskQueue: TASK_QUEUE,
        args: [input],
      });
      while (seen.attempts.length === 0) await new Promise((next) => setTimeout(next, 20));
      await handle.signal(signal);
      return {
        result: await handle.result(),
        closedAt: (await handle.describe()).closeTime,
      };
    });
    expect(result).toEqual(expected);
    expect(seen.attempts).toHaveLength(attempts);
    expect(closedAt!.getTime() - startedAt).toBeLessThan(HOUR_MS);
  });
});
