import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { TestCareerHooks } from './careerhooks';

/** What tests ask of the Temporal that an instance runs on. */
export interface TestClient {
  client: Client;
  /** Waits for the workflow's end. */
  result(workflowId: string): Promise<unknown>;
  /** Types of the activities that the newest run has scheduled, in order. */
  activities(workflowId: string): Promise<string[]>;
  /** What the UI shows of a workflow. */
  describe(workflowId: string): Promise<{
    status: string;
    summary: string | undefined;
    activitySummaries: string[];
  }>;
  close(): Promise<void>;
}

export async function connectClient(
  careerHooks: Pick<TestCareerHooks, 'settings'>,
): Promise<TestClient> {
  const address = `127.0.0.1:${careerHooks.settings.temporalPort}`;
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });

  const scheduled = async (workflowId: string) => {
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    return (events ?? []).filter((event) => event.activityTaskScheduledEventAttributes != null);
  };

  return {
    client,
    result: (workflowId) => client.workflow.getHandle(workflowId).result(),
    async activities(workflowId) {
      const events = await scheduled(workflowId);
      return events.map(
        (event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? '',
      );
    },
    async describe(workflowId) {
      const described = await client.workflow.getHandle(workflowId).describe();
      const events = await scheduled(workflowId);
      return {
        status: described.status.name,
        summary: await described.staticSummary(),
        activitySummaries: events.flatMap(({ userMetadata }) =>
          userMetadata?.summary == null
            ? []
            : [String(defaultPayloadConverter.fromPayload(userMetadata.summary))],
        ),
      };
    },
    close: () => connection.close(),
  };
}
