/** Every error that this package throws on purpose: a stable code and what it means. */
export const systemsErrors = {
  unknown_event_type: 'The system has no event type of this name.',
  invalid_event_data: 'The event data lacks a documented field, or a field has the wrong type.',
  duplicate_key: 'An object has the same key twice.',
  invalid_signing_key: 'A signing key is whsec_ and the base64 of 24 to 64 bytes.',
  invalid_private_key: 'A private key is whsk_ and the base64 of a 32-byte Ed25519 seed.',
  invalid_public_key: 'A public key is whpk_ and the base64 of a 32-byte Ed25519 public key.',
  invalid_message: 'A message id is not empty and has no full stop, and its time is whole seconds.',
  missing_header:
    'A webhook-id, webhook-timestamp or webhook-signature header is missing or repeated.',
  invalid_timestamp: 'The webhook-timestamp header is not a whole number of seconds.',
  timestamp_too_old: 'The message was signed too long ago.',
  timestamp_too_new: 'The message claims to be signed in the future.',
  no_matching_signature: 'No signature of the message fits any of the keys.',
} as const;

export type SystemsErrorCode = keyof typeof systemsErrors;

/** What is wrong with one field of an event's data. */
export interface EventDataIssue {
  /** Where in `data`: `progress.total`, `analysis.competencies[0].score`; empty for `data` itself. */
  path: string;
  message: string;
}

/** An error with a stable code out of {@link systemsErrors}. */
export class SystemsError extends Error {
  override readonly name = 'SystemsError';

  constructor(
    readonly code: SystemsErrorCode,
    message: string = systemsErrors[code],
    /** For `invalid_event_data`: every field that is wrong; for `duplicate_key`: the key, from the outermost object. */
    readonly issues: readonly EventDataIssue[] = [],
  ) {
    super(message);
  }
}
