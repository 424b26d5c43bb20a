import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter, WorkflowNotFoundError } from '@temporalio/common';
import type { TestCareerHooks } from './careerhooks';
import { waitUntil } from './wait-until';

/**
 * What tests ask of the Temporal that an instance runs on. Each waits for the workflow's start
 * first: one that comes alone is started a moment after its attempt.
 */
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

export async function connectClient(careerHooks: {
  settings: Pick<TestCareerHooks['settings'], 'temporalPort'>;
}): Promise<TestClient> {
  const address = `127.0.0.1:${careerHooks.settings.temporalPort}`;
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });

  async function started(workflowId: string): Promise<WorkflowHandle> {
    const handle = client.workflow.getHandle(workflowId);
    const isThere = () =>
      handle.describe().then(
        () => true,
        (error: unknown) => {
          if (error instanceof WorkflowNotFoundError) return false;
          throw error;
        },
      );
    await waitUntil(isThere, (there) => there, 5_000);
    return handle;
  }

  return {
    client,
    result: async (workflowId) => (await started(workflowId)).result(),
    async activities(workflowId) {
      const { events } = await (await started(workflowId)).fetchHistory();
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
      const handle = await started(workflowId);
      const described = await handle.describe();
      const { currentDetails } = await handle.query<{ currentDetails: string }>(
        '__temporal_workflow_metadata',
      );
      return {
        status: described.status.name,
        summary: await described.staticSummary(),
        details: currentDetails,
      };
    },
    close: () => connection.close(),
  };
}
