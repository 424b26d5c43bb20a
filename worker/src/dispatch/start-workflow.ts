import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { hostOf } from '@careerhooks/destinations';
import type { ClaimedCvChange, ClaimedDelivery } from '@careerhooks/store';
import {
  type BurstInput,
  burstWorkflowId,
  type CvUpdateInput,
  cvUpdateWorkflowId,
  type DeliveryInput,
  deliveryWorkflowId,
  retryNow,
  TASK_QUEUE,
  type VerificationInput,
  verificationWorkflowId,
} from '@careerhooks/workflows';
import { startOnce, typedAttributes, type WorkflowTarget } from './start-once';

/** How long Temporal may take to answer, in milliseconds; it takes about 16. */
export const START_TIMEOUT_MS = 3_000;

/** A workflow task takes milliseconds; one of a worker that was killed is repeated after this. */
const TASK_TIMEOUT = '5s';

/** gRPC's number for it. */
const INVALID_ARGUMENT = 3;

/** What a delivery's workflow is started with. */
export type StartedDelivery = Omit<ClaimedDelivery, 'isFirst' | 'ratePerSecond'>;

/** Starts the workflow that carries a delivery. */
export function startDelivery(
  target: WorkflowTarget,
  delivery: StartedDelivery,
): Promise<'started' | 'running'> {
  const host = hostOf(delivery.url);
  const input: DeliveryInput = {
    deliveryId: delivery.id,
    attempts: delivery.attempts,
    nextAttemptAt: delivery.nextAttemptAt,
    nextAttemptInMs: delivery.nextAttemptAt - Date.now(),
    expiresAt: delivery.expiresAt,
    expiresInMs: delivery.expiresAt - Date.now(),
    host,
    searchAttributes: target.searchAttributes,
  };
  return startOnce(target, 'delivery', {
    workflowId: deliveryWorkflowId(delivery.id),
    input,
    workflowTaskTimeout: TASK_TIMEOUT,
    staticSummary: `${delivery.type} to ${host}`,
    staticDetails: `${delivery.system} · endpoint ${delivery.endpointId}`,
    attributes: {
      system: delivery.system,
      eventType: delivery.type,
      endpoint: delivery.endpointId,
      status: delivery.attempts === 0 ? 'pending' : 'retrying',
    },
  });
}

/** Starts the workflow that carries a burst's first attempts. */
export function startBurst(
  target: WorkflowTarget,
  burstId: string,
): Promise<'started' | 'running'> {
  const input: BurstInput = { burstId, searchAttributes: target.searchAttributes };
  return startOnce(target, 'burst', {
    workflowId: burstWorkflowId(burstId),
    input,
    workflowTaskTimeout: TASK_TIMEOUT,
    staticSummary: 'first attempts of a few seconds',
    attributes: { status: 'delivering' },
  });
}

/** Starts the workflow that makes what follows a change of the CV. */
export function startCvUpdate(
  target: WorkflowTarget,
  change: ClaimedCvChange,
): Promise<'started' | 'running'> {
  const { id, action, section } = change;
  const { searchAttributes } = target;
  const input: CvUpdateInput = { changeId: id, action, section, searchAttributes };
  return startOnce(target, 'cvUpdate', {
    workflowId: cvUpdateWorkflowId(id),
    input,
    staticSummary: `${action} ${section}`,
    attributes: { system: 'cv', status: 'processing' },
  });
}

/**
 * Has an endpoint's URL challenged now by the workflow that verifies it: one that
 * runs already may be waiting long, for the URL that the endpoint had before.
 */
export async function startVerification(target: WorkflowTarget, endpointId: string): Promise<true> {
  const input: VerificationInput = { endpointId, searchAttributes: target.searchAttributes };
  await target.client.workflow.signalWithStart('verification', {
    workflowId: verificationWorkflowId(endpointId),
    args: [input],
    signal: retryNow,
    signalArgs: [],
    taskQueue: TASK_QUEUE,
    staticSummary: `verifies endpoint ${endpointId}`,
    typedSearchAttributes: typedAttributes(target, { endpoint: endpointId, status: 'pending' }),
  });
  return true;
}

/** Whether Temporal did answer, that it cannot start such a workflow. */
export function isRefusal(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : undefined;
  return isGrpcServiceError(cause) && (cause.code as number) === INVALID_ARGUMENT;
}
