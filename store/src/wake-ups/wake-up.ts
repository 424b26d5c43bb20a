/** What the dispatchers of other processes are told to look for. */
export type WakeUp = 'deliveries' | 'cv';

/** The channel of PostgreSQL's LISTEN and NOTIFY. */
export const CHANNEL = 'careerhooks';

/** Hears of wake-ups until it is stopped. */
export interface Listening {
  /** The database answers, but what is notified does not come through: look for it often. */
  isDeaf(): boolean;
  stop(): Promise<void>;
}

export interface WakeUpListener {
  heard(wakeUp: WakeUp): void;
  /** Nothing is heard until it is told of again; it is tried again meanwhile. */
  lost(error: unknown): void;
}
