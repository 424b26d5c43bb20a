export type NotifyErrorCode = 'SMTPUTF8_NOT_OFFERED' | 'CERTIFICATE_NOT_TRUSTED';

/** A notice that a channel did not take, for a reason that the operator has to mend. */
export class NotifyError extends Error {
  override readonly name = 'NotifyError';

  constructor(
    readonly code: NotifyErrorCode,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
  }

  /** Whether another try would end as this one. A certificate may be trusted by the process that is started next. */
  get final(): boolean {
    return this.code === 'SMTPUTF8_NOT_OFFERED';
  }
}
