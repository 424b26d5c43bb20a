import { setTimeout as sleep } from 'node:timers/promises';
import type { Presence } from '../presence';
import type { WorkflowTarget } from './start-once';
import {
  isRefusal,
  START_TIMEOUT_MS,
  startBurst,
  startDelivery,
  type StartedDelivery,
  startVerification,
} from './start-workflow';

/**
 * Starts workflows. Nothing here throws, or takes longer than a start may: events are accepted, and
 * first attempts made, whether Temporal answers or not.
 *
 * - *Not connected*: nothing is started yet.
 * - *Connected*: starts go to Temporal. While that is away they fail at once; where it refuses one, that is
 *   told (`onRefusal`), so that it is set up again.
 * - *Stopped*: bursts that were not started are left.
 */
export interface Starter {
  /** Undefined where Temporal could not be reached. */
  startDelivery(delivery: StartedDelivery): Promise<'started' | 'running' | undefined>;
  /** Tries until it succeeds; false where this process stops before. */
  startBurst(burstId: string): Promise<boolean>;
  verify(endpointId: string): Promise<void>;
  /** Workflows go to this Temporal from now on. */
  connect(target: WorkflowTarget): void;
  /** Whether Temporal takes starts. */
  isConnected(): boolean;
  stop(): void;
}

const TRY_AGAIN_MS = 1_000;

export function createStarter(settings: {
  presence: Presence;
  /** Called when Temporal answers, but refuses a start: its store may be another one, and not set up. */
  onRefusal(): void;
}): Starter {
  const { presence } = settings;
  const stopping = new AbortController();
  let target: WorkflowTarget | undefined;

  /** What `work` gave, or undefined where it did not reach Temporal, or not in time. */
  async function attempt<Outcome>(
    work: (target: WorkflowTarget) => Promise<Outcome>,
  ): Promise<Outcome | undefined> {
    if (target === undefined) return undefined;
    const on = target;
    try {
      return await presence.ask(START_TIMEOUT_MS, () => work(on));
    } catch (error) {
      if (isRefusal(error)) settings.onRefusal();
      return undefined;
    }
  }

  return {
    startDelivery: (delivery) => attempt((on) => startDelivery(on, delivery)),
    async startBurst(burstId) {
      while (!stopping.signal.aborted) {
        if ((await attempt((on) => startBurst(on, burstId))) !== undefined) return true;
        await sleep(TRY_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
      return false;
    },
    async verify(endpointId) {
      await attempt((on) => startVerification(on, endpointId));
    },
    connect(to) {
      target = to;
    },
    isConnected: () => target !== undefined && presence.isThere(),
    stop: () => stopping.abort(),
  };
}
