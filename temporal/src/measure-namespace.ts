import { setTimeout as delay } from 'node:timers/promises';
import type { NativeConnection } from '@temporalio/worker';

/** What a namespace holds. */
export interface NamespaceUse {
  /** How long it keeps workflows that close from now on. */
  retentionSeconds: number;
  /** Those that run now; how many have closed, the server would have to count one by one. */
  openWorkflows: number;
}

/** The server's own limit for an answer. */
const CALL_TIMEOUT_MS = 5_000;

/**
 * Makes a function that asks Temporal what the namespace holds, and waits for the answer for
 * `patienceMs` at most: undefined where it has not come by then, or is a refusal. One question is on
 * its way at a time, which all who ask meanwhile share: a native connection may take many seconds to
 * find out that a server is gone, and askers must not add up.
 */
export function createNamespaceMeter(
  { connection, namespace }: { connection: NativeConnection; namespace: string },
  patienceMs: number,
): () => Promise<NamespaceUse | undefined> {
  let asking: Promise<NamespaceUse | undefined> | undefined;
  return () => {
    asking ??= askFor(connection, namespace)
      .catch(() => undefined)
      .finally(() => (asking = undefined));
    return Promise.race([asking, delay(patienceMs, undefined, { ref: false })]);
  };
}

async function askFor(connection: NativeConnection, namespace: string): Promise<NamespaceUse> {
  const { workflowService } = connection;
  const [{ config }, { count }] = await connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
    Promise.all([
      workflowService.describeNamespace({ namespace }),
      workflowService.countWorkflowExecutions({
        namespace,
        query: "ExecutionStatus = 'Running'",
      }),
    ]),
  );
  return {
    retentionSeconds: Number(config?.workflowExecutionRetentionTtl?.seconds),
    openWorkflows: Number(count),
  };
}
