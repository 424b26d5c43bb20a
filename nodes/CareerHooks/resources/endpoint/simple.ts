/** What people look at in a list of endpoints: first what it is, then whether it is well. */
export const SIMPLE_FIELDS = [
  'description',
  'status',
  'status_reason',
  'warnings',
  'system',
  'user',
  'events',
  'url',
  'registered_by',
  'id',
] as const;
