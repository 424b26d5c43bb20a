/**
 * So much a second. It fills by the time that goes by, up to what it holds; a new one is full. Below zero
 * it is when it is looked at next as if it were empty.
 */
export interface TokenBucket {
  tokens: number;
  /** When it was last filled, by `performance.now()`, which goes on when the clock is set. */
  filledAt: number;
}

export function newTokenBucket(): TokenBucket {
  return { tokens: 0, filledAt: -Infinity };
}

/**
 * Fills a bucket, and gives how many tokens it has now.
 *
 * @param most what it holds: one second's worth unless given.
 */
export function fillBucket(
  bucket: TokenBucket,
  perSecond: number,
  most = Math.max(1, perSecond),
): number {
  if (perSecond === Infinity) return Infinity;
  const now = performance.now();
  const gained = ((now - bucket.filledAt) / 1_000) * perSecond;
  bucket.tokens = Math.min(most, Math.max(0, bucket.tokens) + gained);
  bucket.filledAt = now;
  return bucket.tokens;
}
