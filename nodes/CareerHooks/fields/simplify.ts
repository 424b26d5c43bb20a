import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** Whether rows of many fields are cut down to those that people look at. */
export const simplifyField: INodeProperties = {
  displayName: 'Simplify',
  name: 'simplify',
  type: 'boolean',
  default: true,
  description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The row, or only these fields of it where the node says so. */
export function simplify(
  context: IExecuteFunctions,
  item: number,
  { row, fields }: { row: IDataObject; fields: readonly string[] },
): IDataObject {
  if (context.getNodeParameter('simplify', item) !== true) return row;
  return Object.fromEntries(fields.map((field) => [field, row[field]]));
}
