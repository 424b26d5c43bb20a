import { type IDataObject, type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

/**
 * A JSON object or list that somebody typed, or that an expression gave.
 * Throws NodeOperationError that names the field.
 */
export function readJson(
  context: IExecuteFunctions,
  { value, label, item }: { value: unknown; label: string; item: number },
): IDataObject {
  const parsed = typeof value === 'string' ? parse(value) : value;
  if (typeof parsed === 'object' && parsed !== null) return parsed as IDataObject;
  throw new NodeOperationError(context.getNode(), `"${label}" is not valid JSON`, {
    description: 'Write an object such as {"name": "value"}, with double quotes.',
    itemIndex: item,
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
