import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import {
  defineSearchAttributeKey,
  type Duration,
  type SearchAttributePair,
} from '@temporalio/common';
import { SEARCH_ATTRIBUTES, TASK_QUEUE } from '@careerhooks/workflows';

/** Where workflows are started. */
export interface WorkflowTarget {
  client: Client;
  /** Whether the cluster has our search attributes. */
  searchAttributes: boolean;
}

/** Values of our search attributes, by what they say. */
type Attributes = Partial<Record<keyof typeof SEARCH_ATTRIBUTES, string>>;

/** A workflow to start. */
interface Start {
  workflowId: string;
  input: object;
  /** For people: what it does, in a line. */
  staticSummary: string;
  staticDetails?: string;
  attributes: Attributes;
  /** How long a workflow task of a worker that was killed is waited for; Temporal's 10 s unless given. */
  workflowTaskTimeout?: Duration;
}

/**
 * Starts a workflow; where one of this id runs already, nothing happens. Eager start saves the way
 * through the server's task queue where client and worker share a connection.
 */
export async function startOnce(
  target: WorkflowTarget,
  workflowType: string,
  start: Start,
): Promise<'started' | 'running'> {
  const { input, attributes, ...options } = start;
  try {
    await target.client.workflow.start(workflowType, {
      ...options,
      args: [input],
      taskQueue: TASK_QUEUE,
      requestEagerStart: true,
      typedSearchAttributes: typedAttributes(target, attributes),
    });
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'running';
    throw error;
  }
}

/** As Temporal takes them; none where the cluster has not got them. */
export function typedAttributes(
  target: WorkflowTarget,
  attributes: Attributes,
): SearchAttributePair[] {
  if (!target.searchAttributes) return [];
  return Object.entries(attributes).map(([name, value]) => ({
    key: defineSearchAttributeKey(SEARCH_ATTRIBUTES[name as keyof Attributes], 'KEYWORD'),
    value,
  }));
}
