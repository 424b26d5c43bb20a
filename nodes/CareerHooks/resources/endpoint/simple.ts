/** What people look at in a list of endpoints. */
export const SIMPLE_FIELDS = [
  'id',
  'system',
  'user',
  'url',
  'events',
  'description',
  'status',
  'status_reason',
  'schedule',
  'created_at',
] as const;
