/** The task queue of all of CareerHooks' workflows and activities. */
export const TASK_QUEUE = 'careerhooks';

/** The search attributes that make the Temporal UI a delivery monitor; all are keywords. */
export const SEARCH_ATTRIBUTES = {
  system: 'CareerHooksSystem',
  eventType: 'CareerHooksEventType',
  endpoint: 'CareerHooksEndpoint',
  status: 'CareerHooksStatus',
} as const;

/** The workflow that carries a delivery. */
export function deliveryWorkflowId(deliveryId: string): string {
  return `delivery/${deliveryId}`;
}

/** The workflow that carries the first attempts of a burst. */
export function burstWorkflowId(burstId: string): string {
  return `burst/${burstId}`;
}

/** The workflow that makes what follows a change of the CV. */
export function cvUpdateWorkflowId(changeId: string): string {
  return `cv-update/${changeId}`;
}

/** The workflow that verifies an endpoint's URL. */
export function verificationWorkflowId(endpointId: string): string {
  return `verification/${endpointId}`;
}

/** The schedule that purges old logs, and what its workflows' ids begin with. */
export const PURGE_ID = 'careerhooks-purge';
