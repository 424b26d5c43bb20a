import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { TestCareerHooks } from './careerhooks';

/** What tests ask of the Temporal that an instance runs on. */
export interface TestClient {
  client: Client;
  /** Waits for the workflow's end. */
  result(workflowId: string): Promise<unknown>;
  /** Types of the activities that the newest run has scheduled, and of its local ones, in order. */
  activities(workflowId: string): Promise<string[]>;
  /** What the UI shows of a workflow. */
  describe(workflowId: string): Promise<{
    status: string;
    summary: string | undefined;
    /** Markdown. */
    details: string;
  }>;
  close(): Promise<void>;
}

export async function connectClient(
  careerHooks: Pick<TestCareerHooks, 'settings'>,
): Promise<TestClient> {
  const address = `127.0.0.1:${careerHooks.settings.temporalPort}`;
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });

  return {
    client,
    result: (workflowId) => client.workflow.getHandle(workflowId).result(),
    async activities(workflowId) {
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      return (events ?? []).flatMap((event) => {
        const name = event.activityTaskScheduledEventAttributes?.activityType?.name;
        const local = event.markerRecordedEventAttributes?.details?.data?.payloads?.[0];
        if (local == null) return name == null ? [] : [name];
        // What the SDK records of a local activity.
        return [
          defaultPayloadConverter.fromPayload<{ activity_type: string }>(local).activity_type,
        ];
      });
    },
    async describe(workflowId) {
      const described = await client.workflow.getHandle(workflowId).describe();
      const { currentDetails } = await client.workflow
        .getHandle(workflowId)
        .query<{ currentDetails: string }>('__temporal_workflow_metadata');
      return {
        status: described.status.name,
        summary: await described.staticSummary(),
        details: currentDetails,
      };
    },
    close: () => connection.close(),
  };
}
