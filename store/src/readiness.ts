import { DatabaseUnavailable, type Outage } from './errors';
import {
  type Evidence,
  judge,
  judgeUnanswered,
  newEvidence,
  READY,
  recordFailure,
  recordSuccess,
  type Verdict,
} from './evidence';

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
export type ReadinessChange = Verdict;

type Probe = (bytes: number) => Promise<void>;

/** What is known, how more is found out, and who waits for it. */
interface Inquiry {
  readonly evidence: Evidence;
  readonly probe: Probe;
  readonly waiting: Set<() => void>;
}

/**
 * @param probe does what accepting does, and needs so many bytes of room. One is under way at a time,
 *   however long it takes and however many ask.
 * @param changed is told of each change that somebody who asks meets with. At first nothing is the matter.
 */
export function createReadiness(
  probe: Probe,
  changed: (change: ReadinessChange) => void,
): Readiness {
  const inquiry: Inquiry = { evidence: newEvidence(), probe, waiting: new Set() };
  let told = READY;
  return {
    watch: (accept) => watch(inquiry, accept),
    async outage() {
      const verdict = await findOut(inquiry);
      if (verdict.outage !== told.outage) changed(verdict);
      told = verdict;
      return verdict.outage;
    },
  };
}

async function watch<Result>(inquiry: Inquiry, accept: Promise<Result>): Promise<Result> {
  const { evidence } = inquiry;
  const entry = { since: performance.now() };
  evidence.accepts.add(entry);
  try {
    const result = await accept;
    evidence.accepts.delete(entry);
    recordSuccess(evidence);
    return result;
  } catch (error) {
    evidence.accepts.delete(entry);
    evidence.hanging = false;
    // Whatever else it is, is its own fault.
    if (error instanceof DatabaseUnavailable) recordFailure(evidence, error.outage, error);
    throw error;
  } finally {
    wake(inquiry);
  }
}

async function startProbe(inquiry: Inquiry): Promise<void> {
  const { evidence, probe } = inquiry;
  evidence.probing = true;
  const bytes = evidence.needsRoom ? ROOM_BYTES : 0;
  try {
    await probe(bytes);
    if (bytes > 0) evidence.needsRoom = false;
    recordSuccess(evidence);
  } catch (error) {
    recordFailure(evidence, error instanceof DatabaseUnavailable ? error.outage : 'away', error);
  } finally {
    evidence.probing = false;
    wake(inquiry);
  }
}

function wake({ waiting }: Inquiry): void {
  for (const resume of waiting) resume();
}

async function findOut(inquiry: Inquiry): Promise<Verdict> {
  const { evidence } = inquiry;
  const giveUpAt = performance.now() + ANSWERS_WITHIN_MS;
  for (;;) {
    const verdict = judge(evidence);
    if (verdict !== undefined) return verdict;
    // An accept that is under way says as much, unless it may be small.
    if (!evidence.probing && (evidence.accepts.size === 0 || evidence.needsRoom)) {
      void startProbe(inquiry);
    }
    if (!(await somethingSettles(inquiry, giveUpAt - performance.now()))) break;
  }
  evidence.hanging = true;
  return judgeUnanswered(evidence);
}

/** False where nothing does, within so many milliseconds. */
function somethingSettles({ waiting }: Inquiry, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (did: boolean): void => {
      clearTimeout(timer);
      waiting.delete(resume);
      resolve(did);
    };
    const resume = (): void => end(true);
    const timer = setTimeout(end, ms, false);
    waiting.add(resume);
  });
}
