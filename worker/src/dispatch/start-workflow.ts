import type { ClaimedDelivery } from '@careerhooks/store';
import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { hostOf } from '@careerhooks/destinations';
import {
  type BurstInput,
  burstWorkflowId,
  type DeliveryInput,
  deliveryWorkflowId,
  retryNow,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  type VerificationInput,
  verificationWorkflowId,
} from '@careerhooks/workflows';

/** How long Temporal may take to answer, in milliseconds; it takes about 16. */
export const START_TIMEOUT_MS = 3_000;

/** A workflow task takes milliseconds; one of a worker that was killed is repeated after this. */
const TASK_TIMEOUT = '5s';

/** gRPC's number for it. */
const INVALID_ARGUMENT = 3;

/** Where workflows are started. */
export interface WorkflowTarget {
  client: Client;
  /** Whether the cluster has our search attributes. */
  searchAttributes: boolean;
}

/** What its workflow has to know of a delivery. */
export type StartedDelivery = Omit<ClaimedDelivery, 'isFirst' | 'ratePerSecond'>;

/**
 * Starts the workflow that carries a delivery; where one runs already, nothing
 * happens. Eager start saves the way through the server's task queue where
 * client and worker share a connection.
 */
export async function startDelivery(
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
  try {
    await target.client.workflow.start('delivery', {
      workflowId: deliveryWorkflowId(delivery.id),
      args: [input],
      taskQueue: TASK_QUEUE,
      workflowTaskTimeout: TASK_TIMEOUT,
      requestEagerStart: true,
      staticSummary: `${delivery.type} to ${host}`,
      staticDetails: `${delivery.system} · endpoint ${delivery.endpointId}`,
      typedSearchAttributes: attributes(target, {
        system: delivery.system,
        eventType: delivery.type,
        endpoint: delivery.endpointId,
        status: delivery.attempts === 0 ? 'pending' : 'retrying',
      }),
    });
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'running';
    throw error;
  }
}

/** Starts the workflow that carries a burst's first attempts; where it runs already, nothing happens. */
export async function startBurst(
  target: WorkflowTarget,
  burstId: string,
): Promise<'started' | 'running'> {
  const input: BurstInput = { burstId, searchAttributes: target.searchAttributes };
  try {
    await target.client.workflow.start('burst', {
      workflowId: burstWorkflowId(burstId),
      args: [input],
      taskQueue: TASK_QUEUE,
      workflowTaskTimeout: TASK_TIMEOUT,
      requestEagerStart: true,
      staticSummary: 'first attempts of a few seconds',
      typedSearchAttributes: attributes(target, { status: 'delivering' }),
    });
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'running';
    throw error;
  }
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
    typedSearchAttributes: attributes(target, { endpoint: endpointId, status: 'pending' }),
  });
  return true;
}

/** Whether Temporal did answer, that it cannot start such a workflow. */
export function isRefusal(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : undefined;
  return isGrpcServiceError(cause) && (cause.code as number) === INVALID_ARGUMENT;
}

function attributes(
  target: WorkflowTarget,
  values: Partial<Record<keyof typeof SEARCH_ATTRIBUTES, string>>,
): SearchAttributePair[] {
  if (!target.searchAttributes) return [];
  return Object.entries(values).map(([name, value]) => ({
    key: defineSearchAttributeKey(
      SEARCH_ATTRIBUTES[name as keyof typeof SEARCH_ATTRIBUTES],
      'KEYWORD',
    ),
    value,
  }));
}
