import type { Outage } from './errors';

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

/** What a database that was asked came to. */
export interface Verdict {
  outage: Outage | undefined;
  /** What the database said of it; undefined where it said nothing, or there is no outage. */
  error: unknown;
}

export const READY: Verdict = { outage: undefined, error: undefined };
const HANGS: Verdict = { outage: 'hangs', error: undefined };

/**
 * What shows whether a database takes events:
 *
 * - *Ready*: the last that came to its end succeeded, less than a second ago, and no accept that began
 *   since is overdue.
 * - *Failed*: the last that came to its end failed, less than a second ago.
 * - *Hanging*: somebody has waited in vain, and what was under way then has not come to its end since.
 * - *Unknown* otherwise: an outcome has to be waited for, that of an accept or of a probe. It makes it
 *   *ready* or *failed*; none, *hanging*.
 *
 * Once it was full, an accept is not enough to make it ready (`needsRoom`): it may be small.
 */
export interface Evidence {
  /** When accepts under way began; the oldest first. */
  readonly accepts: Set<{ readonly since: number }>;
  probing: boolean;
  needsRoom: boolean;
  succeededAt: number;
  failed: { at: number; verdict: Verdict } | undefined;
  /** Nothing has come to its end since somebody waited in vain. */
  hanging: boolean;
}

export function newEvidence(): Evidence {
  return {
    accepts: new Set(),
    probing: false,
    needsRoom: false,
    succeededAt: -Infinity,
    failed: undefined,
    hanging: false,
  };
}

/** An accept or a probe succeeded. */
export function recordSuccess(evidence: Evidence): void {
  evidence.hanging = false;
  // Without the room that is needed it says only that the database answers.
  if (evidence.needsRoom) return;
  evidence.succeededAt = performance.now();
  evidence.failed = undefined;
}

/** An accept or a probe failed, for want of a database. */
export function recordFailure(evidence: Evidence, outage: Outage, error: unknown): void {
  evidence.hanging = false;
  if (outage === 'full') evidence.needsRoom = true;
  evidence.failed = { at: performance.now(), verdict: { outage, error } };
}

/** What is known; undefined where an outcome has to be waited for. */
export function judge(evidence: Evidence): Verdict | undefined {
  const { accepts, probing, succeededAt, failed, hanging } = evidence;
  const now = performance.now();
  if (hanging && (probing || accepts.size > 0)) return judgeUnanswered(evidence);
  if (failed !== undefined) return now - failed.at < COUNTS_FOR_MS ? failed.verdict : undefined;
  const [oldest = { since: now }] = accepts;
  const doubtful = now - Math.max(oldest.since, succeededAt) > DOUBTFUL_AFTER_MS;
  return now - succeededAt < COUNTS_FOR_MS && !(accepts.size > 0 && doubtful) ? READY : undefined;
}

/** Where the one before had a name for it, so has this, before it has come to its end. */
export function judgeUnanswered({ failed }: Evidence): Verdict {
  return failed?.verdict ?? HANGS;
}
