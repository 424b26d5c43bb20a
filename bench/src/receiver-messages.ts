/** What the benchmark asks of the receiver's process. */
export type ReceiverRequest = { ask: 'collect'; count: number } | { ask: 'stop' };

/** What the receiver's process tells. */
export type ReceiverReport =
  | { tell: 'listening'; port: number }
  /** It counts from now on. */
  | { tell: 'collecting' }
  /** All that were awaited have come: when each came first, by its mark, and how many came again. */
  | { tell: 'collected'; arrivals: [mark: string, at: number][]; duplicates: number };
