import { setTimeout as sleep } from 'node:timers/promises';
import type { ClaimedDelivery } from '@careerhooks/store';
import type { Logger } from 'pino';
import {
  type Engine,
  isRefusal,
  startBurst,
  startDelivery,
  startVerification,
} from './start-workflow';

/**
 * Starts workflows, and knows from that whether Temporal answers. Nothing here
 * throws: events are accepted, and first attempts made, whether it does or not.
 */
export interface Starter {
  /** Undefined where Temporal could not be reached. */
  start(delivery: StartedDelivery): Promise<'started' | 'running' | undefined>;
  /** Tries until it succeeds; false where this process stops before. */
  startBurst(burstId: string): Promise<boolean>;
  verify(endpointId: string): Promise<void>;
  /** Workflows go to this Temporal from now on. */
  connect(engine: Engine): void;
  /** Whether the last start reached Temporal. */
  isConnected(): boolean;
  stop(): void;
}

export type StartedDelivery = Omit<ClaimedDelivery, 'isFirst' | 'ratePerSecond'>;

const TRY_AGAIN_MS = 1_000;

export function createStarter(settings: {
  log: Logger;
  /** Called when Temporal answers, but refuses a start: its store may be another one, and not set up. */
  onRefusal(): Promise<void>;
  /** Called when Temporal answers again after it did not. */
  onRecovery(): Promise<void>;
}): Starter {
  const { log } = settings;
  const stopping = new AbortController();
  let engine: Engine | undefined;
  let answers = true;

  /** What `work` gave, or undefined where it did not reach Temporal. */
  async function attempt<Outcome>(
    work: (engine: Engine) => Promise<Outcome>,
  ): Promise<Outcome | undefined> {
    if (engine === undefined) return undefined;
    try {
      const outcome = await work(engine);
      await setAnswers(true);
      return outcome;
    } catch (error) {
      await setAnswers(false, error);
      if (isRefusal(error)) await settings.onRefusal().catch(() => undefined);
      return undefined;
    }
  }

  async function setAnswers(value: boolean, error?: unknown): Promise<void> {
    if (answers === value) return;
    answers = value;
    if (value) {
      log.info('dispatcher: Temporal answers again');
      await settings.onRecovery();
    } else {
      log.warn(
        { err: error },
        'dispatcher: Temporal does not answer; first attempts go out, the rest waits until it does',
      );
    }
  }

  return {
    start: (delivery) => attempt((on) => startDelivery(on, delivery)),
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
      engine = to;
    },
    isConnected: () => engine !== undefined && answers,
    stop: () => stopping.abort(),
  };
}
