import { cvErrors } from '@careerhooks/cv';

/**
 * Every error of the CV's API, with the status that the CV Website's document gives its kind. That
 * document knows 200, 400, 401, 422, 429 and 500 only; 404 is for the reading calls, which it has not.
 */
const WEBHOOK_ERRORS = {
  INVALID_PAYLOAD: { status: 400, error: 'Invalid payload' },
  MISSING_DATA: { status: 400, error: 'Missing data' },
  PAYLOAD_TOO_LARGE: { status: 400, error: 'Payload too large' },
  MISSING_SIGNATURE: { status: 401, error: 'Missing signature' },
  INVALID_SIGNATURE: { status: 401, error: 'Invalid signature' },
  SIGNATURE_REUSED: { status: 401, error: 'Signature was used before' },
  MISSING_TIMESTAMP: { status: 401, error: 'Missing timestamp' },
  INVALID_TIMESTAMP: { status: 401, error: 'Invalid timestamp' },
  TIMESTAMP_TOO_OLD: { status: 401, error: 'Timestamp too old' },
  TIMESTAMP_IN_FUTURE: { status: 401, error: 'Timestamp in the future' },
  UNAUTHORIZED: { status: 401, error: 'Unauthorized' },
  IP_NOT_ALLOWED: { status: 401, error: 'IP address not allowed' },
  NOT_FOUND: { status: 404, error: 'Not found' },
  ...(Object.fromEntries(
    Object.entries(cvErrors).map(([code, error]) => [code, { status: 422, error }]),
  ) as Record<keyof typeof cvErrors, { status: 422; error: string }>),
  NOT_FAILED: { status: 422, error: 'Only failed webhooks can be replayed' },
  RATE_LIMIT_EXCEEDED: { status: 429, error: 'Too Many Requests' },
  THEME_FAILED: { status: 500, error: 'The theme made no page' },
  INTERNAL_ERROR: { status: 500, error: 'Internal server error' },
} as const;

export type WebhookErrorCode = keyof typeof WEBHOOK_ERRORS;

/** An answer other than 200: thrown anywhere, sent as the document has it. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';

  constructor(
    readonly code: WebhookErrorCode,
    /** Never the expected signature, which the document's example would hand to whoever asks. */
    readonly details: Record<string, unknown> = {},
    message: string = WEBHOOK_ERRORS[code].error,
  ) {
    super(message);
  }

  get status(): number {
    return WEBHOOK_ERRORS[this.code].status;
  }

  /** `{error, code, timestamp, details}` */
  toJSON(): Record<string, unknown> {
    return {
      error: this.message,
      code: this.code,
      timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
      details: this.details,
    };
  }
}
