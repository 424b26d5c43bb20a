/**
 * The right to make one attempt at an endpoint. It travels with its delivery:
 *
 * - *Kept*: it counts against the endpoint. `run` uses it, `release` gives it back.
 * - *Used*: `run` was called. It is free again when that has ended; a `release` does nothing.
 * - *Released*: another delivery may have it. Another `release` does nothing.
 */
export interface Slot {
  /**
   * Runs `work` when it is its turn; undefined where the endpoint began to fail first. Rejects where the
   * slot was used or released already: it is no leave any more.
   */
  run<Result>(work: () => Promise<Result>): Promise<Result | undefined>;
  /** Gives it back where it was not used; whoever may hold it last can call it at any time. */
  release(): void;
}

/** What a slot is of. */
export interface SlotKeeper<Of> {
  /** What using it is. */
  use<Result>(of: Of, work: () => Promise<Result>): Promise<Result | undefined>;
  /** What giving it back unused is. */
  giveBack(of: Of): void;
}

/** A class, since each delivery has one: its functions are shared. */
export class KeptSlot<Of> implements Slot {
  private kept = true;

  constructor(
    private readonly of: Of,
    private readonly keeper: SlotKeeper<Of>,
  ) {}

  run<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    if (!this.kept) return Promise.reject(new Error('The slot was used or released before.'));
    this.kept = false;
    return this.keeper.use(this.of, work);
  }

  release(): void {
    if (!this.kept) return;
    this.kept = false;
    this.keeper.giveBack(this.of);
  }
}
