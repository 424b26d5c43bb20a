/** What the dispatchers of other processes are told to look for. */
export type WakeUp = 'deliveries' | 'cv';

/** The channel of PostgreSQL's LISTEN and NOTIFY. */
export const CHANNEL = 'careerhooks';

/** Hears of wake-ups until it is stopped. */
export interface Listening {
  stop(): Promise<void>;
}

export interface WakeUpListener {
  heard(wakeUp: WakeUp): void;
  /** The connection is gone, and is made again; until then nothing is heard. */
  lost(error: unknown): void;
}
