/**
 * The right to make one attempt at an endpoint. It travels with its delivery:
 *
 * - *Kept*: it counts against the endpoint. `run` uses it, `release` gives it back.
 * - *Used*: `run` was called. It is free again when that has ended; a `release` does nothing.
 * - *Released*: another delivery may have it. Neither `run` nor another `release` does anything.
 */
export interface Slot {
  /**
   * Runs `work` when it is its turn; undefined where the endpoint began to fail first, and where the
   * slot was used or released already.
   */
  run<Result>(work: () => Promise<Result>): Promise<Result | undefined>;
  /** Gives it back where it was not used; whoever may hold it last can call it at any time. */
  release(): void;
}

/**
 * @param use what using it is.
 * @param giveBack what giving it back unused is.
 */
export function createSlot(
  use: <Result>(work: () => Promise<Result>) => Promise<Result | undefined>,
  giveBack: () => void,
): Slot {
  let kept = true;
  return {
    run(work) {
      if (!kept) return Promise.resolve(undefined);
      kept = false;
      return use(work);
    },
    release() {
      if (!kept) return;
      kept = false;
      giveBack();
    },
  };
}
