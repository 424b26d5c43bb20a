/** How a node names its credential. */
export type NodeCredential = Record<string, { id: string; name: string }>;

/** A node as workflows that are created or imported have it. */
export interface WorkflowNode {
  id?: string;
  name: string;
  type: string;
  typeVersion: number;
  position: [number, number];
  parameters: Record<string, unknown>;
  credentials?: Record<string, { id?: string; name: string }>;
  onError?: string;
  webhookId?: string;
}

/** A workflow before n8n has it. */
export interface NewWorkflow {
  name: string;
  nodes: WorkflowNode[];
  connections: Record<string, { main: ({ node: string; type: string; index: number }[] | null)[] }>;
  settings: Record<string, unknown>;
}

/** Settings of a workflow that runs often, and whose runs n8n need not keep. */
export const UNSAVED = { executionOrder: 'v1', saveDataSuccessExecution: 'none' };

/** A workflow that a CareerHooks Trigger starts, with the nodes after it one after another. */
export function triggered(
  name: string,
  credentials: NodeCredential,
  parameters: Record<string, unknown>,
  following: Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'>[] = [],
): NewWorkflow {
  return chain(name, [
    {
      name: 'CareerHooks Trigger',
      type: 'n8n-nodes-careerhooks.careerHooksTrigger',
      typeVersion: 1,
      parameters,
      credentials,
    },
    ...following,
  ]);
}

/** A workflow of nodes in one line. */
export function chain(name: string, nodes: Omit<WorkflowNode, 'position'>[]): NewWorkflow {
  const links = nodes
    .slice(1)
    .map(({ name: next }, index) => [
      nodes[index]?.name ?? '',
      { main: [[{ node: next, type: 'main', index: 0 }]] },
    ]);
  return {
    name,
    nodes: nodes.map((node, index) => ({ ...node, position: [index * 220, 0] })),
    connections: Object.fromEntries(links) as NewWorkflow['connections'],
    settings: { executionOrder: 'v1' },
  };
}
