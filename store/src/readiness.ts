import { DatabaseUnavailable, type Outage } from './errors';

/**
 * For how long the last outcome counts, in milliseconds: that of an accept, or of a probe. So long may a
 * database have taken nothing while it is still said to; and so often, at most, it is probed.
 */
const COUNTS_FOR_MS = 800;

/**
 * An accept that is under way for longer than this, in milliseconds, while none has come to its end,
 * puts in doubt what those before it have shown: one is waited for.
 */
const DOUBTFUL_AFTER_MS = 250;

/** How long whoever asks waits for an outcome, in milliseconds: even a slow commit has come by then. */
const ANSWERS_WITHIN_MS = 600;

/**
 * How much room a database must have shown to have once it was full, in bytes: as much as the largest
 * request. Small events go on fitting into what is left of pages when larger ones are refused.
 */
const ROOM_BYTES = 1 << 20;

/** Whether events can be accepted: by how the last ones fared or, where there was none lately, by a probe. */
export interface Readiness {
  /** Lets the outcome of an accept count; gives the same promise's outcome. */
  watch<Result>(accept: Promise<Result>): Promise<Result>;
  /** What keeps events from being accepted; undefined: nothing. Answers within a second, and never rejects. */
  outage(): Promise<Outage | undefined>;
}

/** What became of it, where events could be accepted before and cannot now, or the other way round. */
export interface ReadinessChange {
  outage: Outage | undefined;
  /** What the database said of it; undefined where it said nothing, or there is no outage. */
  error: unknown;
}

type Verdict = ReadinessChange;

const READY: Verdict = { outage: undefined, error: undefined };
const HANGS: Verdict = { outage: 'hangs', error: undefined };

/**
 * @param probe does what accepting does, and needs so many bytes of room. One is under way at a time,
 *   however long it takes and however many ask.
 * @param changed is told of each change that somebody who asks meets with. At first nothing is the matter.
 */
export function createReadiness(
  probe: (bytes: number) => Promise<void>,
  changed: (change: ReadinessChange) => void,
): Readiness {
  /** When accepts under way began; the oldest first. */
  const accepts = new Set<{ since: number }>();
  const waiting = new Set<() => void>();
  let probing = false;
  let needsRoom = false;
  let succeededAt = -Infinity;
  let failed: { at: number; verdict: Verdict } | undefined;
  /** Nothing has come to its end since somebody waited in vain. */
  let hanging = false;
  let told = READY;

  function succeeded(): void {
    succeededAt = performance.now();
    failed = undefined;
    settled();
  }

  function failedWith(outage: Outage, error: unknown): void {
    if (outage === 'full') needsRoom = true;
    failed = { at: performance.now(), verdict: { outage, error } };
    settled();
  }

  function settled(): void {
    hanging = false;
    for (const wake of waiting) wake();
  }

  async function startProbe(): Promise<void> {
    probing = true;
    const bytes = needsRoom ? ROOM_BYTES : 0;
    try {
      await probe(bytes);
      probing = false;
      if (bytes > 0) needsRoom = false;
      if (needsRoom) settled();
      else succeeded();
    } catch (error) {
      probing = false;
      failedWith(error instanceof DatabaseUnavailable ? error.outage : 'away', error);
    }
  }

  /** What is known; undefined where an outcome has to be waited for. */
  function known(): Verdict | undefined {
    const now = performance.now();
    if (hanging && (probing || accepts.size > 0)) return unanswered();
    if (failed !== undefined) return now - failed.at < COUNTS_FOR_MS ? failed.verdict : undefined;
    const [oldest = { since: now }] = accepts;
    const doubtful = now - Math.max(oldest.since, succeededAt) > DOUBTFUL_AFTER_MS;
    return now - succeededAt < COUNTS_FOR_MS && !(accepts.size > 0 && doubtful) ? READY : undefined;
  }

  /** Where the one before had a name for it, so has this, before it has come to its end. */
  function unanswered(): Verdict {
    return failed?.verdict ?? HANGS;
  }

  async function findOut(): Promise<Verdict> {
    const giveUpAt = performance.now() + ANSWERS_WITHIN_MS;
    for (;;) {
      const verdict = known();
      if (verdict !== undefined) return verdict;
      // An accept that is under way says as much, unless it may be small.
      if (!probing && (accepts.size === 0 || needsRoom)) void startProbe();
      if (!(await somethingSettles(giveUpAt - performance.now()))) break;
    }
    hanging = true;
    return unanswered();
  }

  /** False where nothing does, within so many milliseconds. */
  function somethingSettles(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (did: boolean): void => {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve(did);
      };
      const wake = (): void => end(true);
      const timer = setTimeout(end, ms, false);
      waiting.add(wake);
    });
  }

  return {
    async watch(accept) {
      const entry = { since: performance.now() };
      accepts.add(entry);
      try {
        const result = await accept;
        accepts.delete(entry);
        if (needsRoom) settled();
        else succeeded();
        return result;
      } catch (error) {
        accepts.delete(entry);
        // Whatever else it is, is its own fault.
        if (error instanceof DatabaseUnavailable) failedWith(error.outage, error);
        else settled();
        throw error;
      }
    },
    async outage() {
      const verdict = await findOut();
      if (verdict.outage !== told.outage) changed(verdict);
      told = verdict;
      return verdict.outage;
    },
  };
}
