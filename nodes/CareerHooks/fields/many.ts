import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { listAll } from '../../api/list-all';
import { readNumber } from './number';

/** How many rows a list gives. */
export const manyFields: INodeProperties[] = [
  {
    displayName: 'Return All',
    name: 'returnAll',
    type: 'boolean',
    default: false,
    description: 'Whether to return all results or only up to a given limit',
  },
  {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    displayOptions: { show: { returnAll: [false] } },
    typeOptions: { minValue: 1 },
    default: 50,
    description: 'Max number of results to return',
  },
];

/** As many rows of a list as these fields say, the newest first. */
export async function getMany(
  context: IExecuteFunctions,
  item: number,
  { path, query }: { path: string; query: IDataObject },
): Promise<IDataObject[]> {
  return listAll(context, { path, query, item }, readLimit(context, item));
}

/** How many rows these fields ask for. Throws NodeOperationError. */
export function readLimit(context: IExecuteFunctions, item: number): number {
  if (context.getNodeParameter('returnAll', item)) return Infinity;
  const value: unknown = context.getNodeParameter('limit', item);
  return readNumber(context, { value, label: 'Limit', item, min: 1 });
}
