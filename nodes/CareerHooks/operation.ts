import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';

/** One thing that the node does with an item: its fields, and the doing. */
export interface Operation {
  /** Shown only for this operation; `properties.ts` sees to that. */
  properties: INodeProperties[];
  /** Throws NodeApiError and NodeOperationError. */
  run(context: IExecuteFunctions, item: number): Promise<INodeExecutionData[]>;
}

/** A kind of thing in CareerHooks, and what can be done with it. */
export interface Resource {
  /** The field that chooses the operation. */
  selector: INodeProperties;
  operations: Readonly<Record<string, Operation>>;
}

/** Rows as a node puts them out. */
export function output(...rows: IDataObject[]): INodeExecutionData[] {
  return rows.map((json) => ({ json }));
}
