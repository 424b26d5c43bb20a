import type { NativeConnection } from '@temporalio/worker';
import { until } from './until';

const DAY = 86_400;

/** A namespace as an operator makes it, with 3 days of retention and nothing of ours. */
export async function createNamespace(
  connection: NativeConnection,
  namespace: string,
): Promise<void> {
  const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
  const day = config!.workflowExecutionRetentionTtl!.seconds!;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: day.sub(day).add(3 * DAY) },
  });
  await until(
    () =>
      connection.workflowService.countWorkflowExecutions({ namespace }).then(
        () => true,
        () => false,
      ),
    'the new namespace',
  );
}
