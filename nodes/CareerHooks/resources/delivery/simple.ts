/** What people look at in a list of deliveries. */
export const SIMPLE_FIELDS = [
  'id',
  'event_id',
  'endpoint_id',
  'type',
  'status',
  'attempt_count',
  'last_status_code',
  'last_error_code',
  'created_at',
  'finished_at',
] as const;

/** In a single one, its attempts tell more than how the last one ended. */
export const SIMPLE_DETAIL = [
  'id',
  'event_id',
  'endpoint_id',
  'type',
  'status',
  'next_attempt_at',
  'created_at',
  'outcome',
  'attempts',
  'workflow_url',
] as const;
