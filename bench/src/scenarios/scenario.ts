import type { DirectLimit } from '../measures/direct-limit';
import type { CareerHooksSettings, RunningCareerHooks, Usage } from '../run/careerhooks';
import type { Distribution } from '../run/distribution';
import type { Receiver } from '../run/receiver';

/** Something to measure, on a CareerHooks of its own. */
export interface Scenario {
  /** As in `--only`. */
  name: string;
  about: string;
  measure(bench: Bench): Promise<Measured[]>;
}

/** What a scenario measures with. */
export interface Bench {
  /** How many events are published at most, in each measurement. */
  events: number;
  /** How long each timed measurement lasts. */
  seconds: number;
  /** How many deliveries wait, or stand in the database already. */
  many: { held: number; pastFew: number; pastMany: number };
  receiver: Receiver;
  /** Starts a CareerHooks, has `work` measure it once it is warm, and ends it. */
  run(
    work: (careerhooks: RunningCareerHooks) => Promise<void>,
    settings?: CareerHooksSettings,
  ): Promise<void>;
  /** The limit of this machine, now. */
  limit(clients: number): Promise<DirectLimit>;
  /** Says what is being measured. */
  progress(step: string): void;
}

/** One figure; what it does not tell is left out. */
export interface Measured {
  /** What was measured, in words; the same from run to run. */
  name: string;
  /** Deliveries, events or POSTs a second. */
  perSecond?: number;
  /** What the same machine does without an engine, measured right before. */
  limitPerSecond?: number;
  acceptMs?: Distribution;
  receivedMs?: Distribution;
  cpuSecondsPer1000?: { careerhooks: number; temporal: number };
  /** Of the scenario so far. */
  peakMiB?: { careerhooks: number; temporal: number };
  /** Workflows open in Temporal at once. */
  openWorkflows?: number;
  duplicates?: number;
}

/** The most memory that a scenario's processes had so far. */
export function peakOf({ careerhooks, temporal }: Usage): Measured['peakMiB'] {
  return { careerhooks: careerhooks.peakMiB, temporal: temporal.peakMiB };
}
