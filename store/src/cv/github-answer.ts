/** An answer of GitHub's that a sync has read. */
export interface GitHubAnswer {
  etag: string | null;
  /** JSON text. */
  answer: string;
  /** When GitHub gave or confirmed it last, in Unix milliseconds. */
  readAt: number;
}
