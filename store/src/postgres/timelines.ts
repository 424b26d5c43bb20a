/**
 * The timelines of PostgreSQL's copies: each time a standby takes over, it begins a new one, so that of two
 * primaries the one with the higher number is the one in force. What a process knows of them.
 */
export interface Timelines {
  /** A primary has this timeline. False where a newer one is known: it is a former primary. */
  see(timeline: number): boolean;
  /** Calls back each time when a newer one than before is seen, with both. */
  onNewer(listener: (newer: number, older: number) => void): void;
}

export function createTimelines(): Timelines {
  let newest: number | undefined;
  const listeners: ((newer: number, older: number) => void)[] = [];
  return {
    see(timeline) {
      const before = newest;
      if (before !== undefined && timeline < before) return false;
      newest = timeline;
      if (before !== undefined && timeline > before) {
        for (const listener of listeners) listener(timeline, before);
      }
      return true;
    },
    onNewer: (listener) => void listeners.push(listener),
  };
}
