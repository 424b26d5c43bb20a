import type { BurstOutcome, PostOutcome } from '@careerhooks/workflows';
import { type Burst, isDone, isOpen, newBurst, outcomeOf, takeAttempt } from './burst';
import { isRushWith, newRush, type Rush } from './rush';

/**
 * The bursts of this process. While deliveries come alone, each has a workflow
 * of its own; when they come faster than workflows can be started without
 * taking the machine from the deliveries (`rush.ts`), or while Temporal is away, one
 * *burst* workflow carries the first attempts of the next few seconds (`burst.ts`).
 * What does not succeed goes on in its own.
 *
 * - *None is open*: the first delivery that is not to have its own workflow opens one.
 * - *One is open*: deliveries go to it. When it takes no more, none is open.
 * - *Closed*: the process stops; no burst takes anything more.
 *
 * Whatever is no longer open is known until its workflow has what it asked for.
 * While Temporal is away a burst stays open, so that its workflow can still be
 * started, and tell of them, when Temporal is back.
 */
export interface Bursts {
  /**
   * The burst for `admitted` more deliveries; undefined where each should have its own workflow.
   *
   * @param written how many came, those too that have to wait: they take the machine as well.
   */
  burstFor(admitted: number, written: number): string | undefined;
  /** A first attempt that a burst carries. */
  add(burstId: string, endpointId: string, attempt: Promise<PostOutcome>): void;
  /**
   * The burst that has opened since `since` (by `performance.now()`), which carries this first
   * attempt now, too: its rush began with it. Undefined where none has.
   */
  join(since: number, endpointId: string, attempt: Promise<PostOutcome>): string | undefined;
  /** What the burst has done so far, and whether that is all; undefined where it is not of this process. */
  look(burstId: string): { outcome: BurstOutcome; done: boolean } | undefined;
  /** Its workflow has what it asked for. */
  forget(burstId: string): void;
  /** No burst takes anything more. */
  close(): void;
}

/** So that one that nobody asks about does not stay for ever. */
const MOST_BURSTS = 100;

interface State {
  rush: Rush;
  /** Those that are known, by id, oldest first. */
  bursts: Map<string, Burst>;
  /** The one that was opened last. */
  current: Burst | undefined;
  start: (burstId: string) => Promise<boolean>;
}

/**
 * @param start starts the workflow of a burst; false where Temporal does not answer.
 * @param isConnected whether workflows can be started.
 */
export function createBursts(start: State['start'], isConnected: () => boolean): Bursts {
  const state: State = { rush: newRush(), bursts: new Map(), current: undefined, start };
  const { bursts } = state;
  return {
    burstFor(admitted, written) {
      const isRush = isRushWith(state.rush, written);
      if (!isRush && isConnected()) return undefined;
      if (admitted === 0) return undefined;
      return (openOne(state) ?? open(state)).id;
    },
    add(burstId, endpointId, attempt) {
      const burst = bursts.get(burstId);
      if (burst !== undefined) takeAttempt(burst, endpointId, attempt);
    },
    join(since, endpointId, attempt) {
      const burst = openOne(state);
      if (burst === undefined || burst.openedAt < since) return undefined;
      takeAttempt(burst, endpointId, attempt);
      return burst.id;
    },
    look(burstId) {
      const burst = bursts.get(burstId);
      return burst && { outcome: outcomeOf(burst), done: isDone(burst) };
    },
    forget: (burstId) => void bursts.delete(burstId),
    close() {
      for (const burst of bursts.values()) burst.closed = true;
    },
  };
}

/** The burst that takes deliveries now. */
function openOne({ current }: State): Burst | undefined {
  return current !== undefined && isOpen(current) ? current : undefined;
}

function open(state: State): Burst {
  const burst = newBurst();
  state.current = burst;
  state.bursts.set(burst.id, burst);
  const [oldest] = state.bursts.keys();
  if (state.bursts.size > MOST_BURSTS && oldest !== undefined) state.bursts.delete(oldest);
  void startWhenPossible(state, burst);
  return burst;
}

async function startWhenPossible({ start }: State, burst: Burst): Promise<void> {
  burst.started = await start(burst.id);
}
