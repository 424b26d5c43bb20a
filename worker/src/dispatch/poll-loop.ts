import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Work that is looked for again and again:
 *
 * - *At work*: a round is under way. Where there is more, or `wake` was called since the round began, another
 *   follows; otherwise, and after one that threw, it rests.
 * - *At rest*: for so long, or until `wake`, which begins another round.
 * - *Stopped*: the round that is under way is the last.
 */
export interface PollLoop {
  /** Says that there is something to do; cheap, and safe to call at any time. */
  wake(): void;
  /** Resolves when the round that is under way has ended. */
  stop(): Promise<void>;
}

export function startPollLoop(work: {
  /** One round; whether there is more to do at once. */
  round(stopping: AbortSignal): Promise<boolean>;
  /** How long to rest, in milliseconds, unless woken before. */
  restMs(): number;
  /** Between two rounds in any case, in milliseconds: what comes meanwhile shares a round. */
  pauseMs?: number;
  /** A round threw. */
  failed(error: unknown): void;
}): PollLoop {
  const stopping = new AbortController();
  let awake: (() => void) | undefined;
  let wanted = false;

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      wanted = false;
      const more = await round();
      if (work.pauseMs !== undefined) await pause(work.pauseMs, stopping.signal);
      if (!more) await rest();
    }
  }

  async function round(): Promise<boolean> {
    try {
      return await work.round(stopping.signal);
    } catch (error) {
      work.failed(error);
      return false;
    }
  }

  async function rest(): Promise<void> {
    if (wanted) return;
    const woken = new AbortController();
    awake = () => woken.abort();
    await pause(work.restMs(), AbortSignal.any([stopping.signal, woken.signal]));
    awake = undefined;
  }

  const running = run();
  return {
    wake() {
      wanted = true;
      awake?.();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
