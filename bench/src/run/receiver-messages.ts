/** The event of this mark came (`now` of clock.ts). */
export interface Arrival {
  mark: string;
  at: number;
}

/** What the benchmark asks of the receiver's process. */
export type ReceiverRequest = { ask: 'collect'; count: number } | { ask: 'stop' };

/** What the receiver's process tells. */
export type ReceiverReport =
  | { tell: 'listening'; port: number }
  /** It counts from now on. */
  | { tell: 'collecting' }
  /** All that were awaited have come: when each came to each path first, and how many came again. */
  | { tell: 'collected'; arrivals: Arrival[]; duplicates: number };
