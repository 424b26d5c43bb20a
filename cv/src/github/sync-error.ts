/** Why a sync failed; those that are `final` fail again however often they are tried. */
const syncErrors = {
  REPOSITORY_NOT_FOUND: { final: true },
  REPOSITORY_BLOCKED: { final: true },
  GITHUB_TOKEN_REFUSED: { final: true },
  GITHUB_RATE_LIMITED: { final: false },
  GITHUB_UNAVAILABLE: { final: false },
} as const;

export type SyncErrorCode = keyof typeof syncErrors;

export class SyncError extends Error {
  override readonly name = 'SyncError';

  constructor(
    readonly code: SyncErrorCode,
    message: string,
    /** For `GITHUB_RATE_LIMITED`: when GitHub takes requests again, in Unix milliseconds. */
    readonly retryAt?: number,
  ) {
    super(message);
  }

  get final(): boolean {
    return syncErrors[this.code].final;
  }
}
