/**
 * The search attributes, all of type Keyword, that make Temporal's UI a monitor of deliveries.
 * Workflow code cannot import this package and names them itself.
 */
export const SEARCH_ATTRIBUTES = [
  'CareerHooksSystem',
  'CareerHooksEventType',
  'CareerHooksEndpoint',
  'CareerHooksStatus',
] as const;
