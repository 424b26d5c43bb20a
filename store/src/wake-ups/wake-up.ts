/** What the dispatchers of other processes are told to look for. */
export type WakeUp = 'deliveries' | 'cv';

/** The channel of PostgreSQL's LISTEN and NOTIFY. */
export const CHANNEL = 'careerhooks';

/** Hears of wake-ups until it is stopped. */
export interface Listening {
  /** Whether wake-ups are heard, as far as is known. */
  hears(): boolean;
  stop(): Promise<void>;
}

export interface WakeUpListener {
  heard(wakeUp: WakeUp): void;
  /** Nothing is heard until it is told of again; it is tried again meanwhile. */
  lost(error: unknown): void;
}
