/** What was begun and has to be ended, the last first. */
export interface Shutdown {
  /** Aborted once the end is near: whoever serves says so from then on, and goes on serving. */
  near: AbortSignal;
  add(end: End): void;
  /** Says that the end is near. */
  announce(): void;
  /** Ends all of it, once. */
  end(): Promise<void>;
}

type End = () => unknown;

export function createShutdown(): Shutdown {
  const ends: End[] = [];
  const leaving = new AbortController();
  return {
    near: leaving.signal,
    announce: () => leaving.abort(),
    add: (end) => void ends.push(end),
    async end() {
      leaving.abort();
      for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
    },
  };
}
