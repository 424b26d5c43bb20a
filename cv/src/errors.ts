/** Every reason for which a change of the CV is refused; the codes are stable. */
export const cvErrors = {
  INVALID_ACTION: 'There is no such action',
  INVALID_SECTION: 'There is no such section',
  UNSUPPORTED_OPERATION: 'The section does not have this action',
  VALIDATION_FAILED: 'Invalid data format',
  ID_EXISTS: 'An item with this id exists',
  ID_REPEATED: 'An id is given twice',
  UNKNOWN_ID: 'There is no item with this id',
  CV_TOO_LARGE: 'The CV would become too large',
  CV_CHANGED: 'The CV has changed since',
} as const;

export type CvErrorCode = keyof typeof cvErrors;

/** What is wrong with one field. */
export interface CvIssue {
  /** Where: `data[0].startDate`. */
  path: string;
  message: string;
}

/** A change that the CV cannot take: the sender's mistake, never ours. */
export class CvError extends Error {
  override readonly name = 'CvError';

  constructor(
    readonly code: CvErrorCode,
    message: string = cvErrors[code],
    readonly issues: readonly CvIssue[] = [],
  ) {
    super(message);
  }
}
