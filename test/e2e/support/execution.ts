/** What became of a run of a workflow. */
export interface Execution {
  id: string;
  status: string;
  mode: string;
  startedAt: string;
  data: {
    resultData: {
      error?: { message: string };
      runData: Record<string, NodeRun[] | undefined>;
    };
  };
}

/** One run of one node. */
interface NodeRun {
  error?: { message: string; description?: string | null };
  data?: { main: ({ json: any; binary?: Record<string, BinaryData>; error?: unknown }[] | null)[] }; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** A file that a node has put out. */
interface BinaryData {
  data: string;
  mimeType: string;
  fileName?: string;
  id?: string;
}
