import { startTestReceiver } from '../../support/receiver';
import type { WorkflowNode } from './workflow';

/** What workflows tell of the events that they ran for. */
export interface Sink {
  /** To stand behind the trigger: tells the event's id once the workflow has come this far. */
  node: Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'>;
  /** How often each event's workflow came this far. */
  ranFor(): Map<string, number>;
  stop(): Promise<void>;
}

/** @param delayMs how long the workflow waits there, in milliseconds. */
export async function startSink(delayMs = 0): Promise<Sink> {
  const receiver = await startTestReceiver();
  receiver.answer = () => ({ delayMs });
  return {
    node: {
      name: 'Tell',
      type: 'n8n-nodes-base.httpRequest',
      typeVersion: 4.2,
      parameters: {
        method: 'POST',
        url: `=${receiver.url}?{{ $("CareerHooks Trigger").item.json.id }}`,
      },
    },
    ranFor() {
      const counts = new Map<string, number>();
      for (const { path } of receiver.requests) {
        const id = path.split('?')[1] ?? '';
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      return counts;
    },
    stop: () => receiver.stop(),
  };
}
