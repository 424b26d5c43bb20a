/** What people look at in a list of deliveries, in their order: n8n shows the first two or three beside a panel. */
export const SIMPLE_FIELDS = [
  'type',
  'status',
  'last_status_code',
  'last_error_code',
  'attempt_count',
  'created_at',
  'finished_at',
  'event_id',
  'endpoint_id',
  'id',
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
