import { setTimeout as sleep } from 'node:timers/promises';
import { event } from './publishing';
import type { CallApi } from './call-api';

/** Events that are published at a steady rate, whatever becomes of the ones before. */
export interface Load {
  /** When each was answered 202, by its id. */
  accepted: Map<string, number>;
  /** What the others were answered. */
  refused: string[];
  /** Resolves once all have been answered. */
  stop(): Promise<void>;
}

/** How often it looks whether it still has to wait. */
const HOLD_MS = 50;

/** Publishes until it is stopped. */
export function startLoad(
  call: CallApi,
  options: {
    prefix: string;
    perSecond: number;
    userOf: (index: number) => string;
    /** Is told of each before it is published. */
    onPublish: (id: string, index: number) => void;
    /** Whether it waits, told how many were accepted: who gets them may be too far behind. */
    holds?: (accepted: number) => boolean;
  },
): Load {
  const accepted = new Map<string, number>();
  const refused: string[] = [];
  const stopping = new AbortController();
  const { signal } = stopping;

  const publish = async (index: number): Promise<void> => {
    const id = `${options.prefix}_${index}`;
    options.onPublish(id, index);
    try {
      const { status, body } = await call('POST', '/v1/events', event(id, options.userOf(index)));
      if (status === 202) accepted.set(id, Date.now());
      else refused.push(`${status} ${String(body.code)}`);
    } catch (error) {
      refused.push(String(error));
    }
  };

  const isStopping = (): boolean => signal.aborted;

  /** Resolves with the milliseconds for which it waited. */
  const hold = async (): Promise<number> => {
    const since = performance.now();
    while (options.holds?.(accepted.size) === true && !signal.aborted) {
      await sleep(HOLD_MS, undefined, { signal }).catch(() => undefined);
    }
    return performance.now() - since;
  };

  const work: Promise<void>[] = [];
  const publishing = (async () => {
    const startedAt = performance.now();
    let heldMs = 0;
    for (let index = 0; !signal.aborted; index += 1) {
      heldMs += await hold();
      if (isStopping()) break;
      work.push(publish(index));
      const dueAt = startedAt + heldMs + ((index + 1) * 1000) / options.perSecond;
      const wait = dueAt - performance.now();
      await sleep(Math.max(0, wait), undefined, { signal }).catch(() => undefined);
    }
  })();

  return {
    accepted,
    refused,
    async stop() {
      stopping.abort();
      await publishing;
      await Promise.all(work);
    },
  };
}
