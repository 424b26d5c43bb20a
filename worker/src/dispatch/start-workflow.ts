import {
  type Client,
  type WorkflowOptions,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { ClaimedDelivery } from '@careerhooks/store';
import {
  type DeliveryInput,
  deliveryWorkflowId,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  type VerificationInput,
  verificationWorkflowId,
} from '@careerhooks/workflows';

/** How long Temporal may take to answer, in milliseconds; it takes about 16. */
const START_TIMEOUT_MS = 3_000;

/** Where workflows are started. */
export interface Engine {
  client: Client;
  /** Whether the cluster has our search attributes. */
  searchAttributes: boolean;
}

/**
 * Starts the workflow that carries a delivery; where one runs already, nothing
 * happens. Eager start saves the way through the server's task queue where
 * client and worker share a connection.
 */
export async function startDelivery(engine: Engine, delivery: ClaimedDelivery): Promise<void> {
  const host = new URL(delivery.url).host;
  const input: DeliveryInput = {
    deliveryId: delivery.id,
    attempts: delivery.attempts,
    nextAttemptAt: delivery.nextAttemptAt,
    expiresAt: delivery.expiresAt,
    host,
    searchAttributes: engine.searchAttributes,
  };
  await start(engine, 'delivery', input, {
    workflowId: deliveryWorkflowId(delivery.id),
    staticSummary: `${delivery.type} to ${host}`,
    staticDetails: `${delivery.system} · endpoint ${delivery.endpointId}`,
    typedSearchAttributes: attributes(engine, {
      system: delivery.system,
      eventType: delivery.type,
      endpoint: delivery.endpointId,
      status: delivery.attempts === 0 ? 'pending' : 'retrying',
    }),
  });
}

/** Starts the workflow that verifies an endpoint's URL, unless it runs already. */
export async function startVerification(engine: Engine, endpointId: string): Promise<void> {
  const input: VerificationInput = { endpointId, searchAttributes: engine.searchAttributes };
  await start(engine, 'verification', input, {
    workflowId: verificationWorkflowId(endpointId),
    staticSummary: `verifies endpoint ${endpointId}`,
    typedSearchAttributes: attributes(engine, { endpoint: endpointId, status: 'pending' }),
  });
}

async function start(
  engine: Engine,
  type: 'delivery' | 'verification',
  input: DeliveryInput | VerificationInput,
  options: Pick<
    WorkflowOptions,
    'workflowId' | 'staticSummary' | 'staticDetails' | 'typedSearchAttributes'
  >,
): Promise<void> {
  try {
    await engine.client.withDeadline(Date.now() + START_TIMEOUT_MS, () =>
      engine.client.workflow.start(type, {
        ...options,
        args: [input],
        taskQueue: TASK_QUEUE,
        requestEagerStart: true,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

function attributes(
  engine: Engine,
  values: Partial<Record<keyof typeof SEARCH_ATTRIBUTES, string>>,
): SearchAttributePair[] {
  if (!engine.searchAttributes) return [];
  return Object.entries(values).map(([name, value]) => ({
    key: defineSearchAttributeKey(
      SEARCH_ATTRIBUTES[name as keyof typeof SEARCH_ATTRIBUTES],
      'KEYWORD',
    ),
    value,
  }));
}
