/** An answer of GitHub's as it was read: fields of it, never its headers or the token. */
export interface KeptAnswer {
  /** What makes the next request for it conditional; null where GitHub gave none. */
  etag: string | null;
  /** JSON text. */
  answer: string;
  /** When GitHub said so last, in Unix milliseconds. */
  readAt: number;
}

/**
 * Where a sync keeps what it has read, so that the next try goes on and the next sync asks only what
 * has changed. What one token may see is not for another: each token, at each GitHub, has its own.
 */
export interface KeptAnswers {
  find(url: string): Promise<KeptAnswer | undefined>;
  keep(url: string, answer: KeptAnswer): Promise<void>;
}
