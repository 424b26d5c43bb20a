/** What was begun and has to be ended, the last first. */
export interface Ending {
  add(end: End): void;
  /** Ends all of it, once. */
  end(): Promise<void>;
}

type End = () => unknown;

export function createEnding(): Ending {
  const ends: End[] = [];
  return {
    add: (end) => void ends.push(end),
    async end() {
      for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
    },
  };
}
