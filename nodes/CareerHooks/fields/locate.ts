import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

/** The chosen id, fit for a path. Throws NodeOperationError where nothing was chosen. */
export function locate(
  context: IExecuteFunctions,
  field: 'endpointId' | 'eventId' | 'deliveryId',
  item: number,
): string {
  const value: unknown = context.getNodeParameter(field, item, '', { extractValue: true });
  const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  if (id !== '') return encodeURIComponent(id);
  const what = field.replace('Id', '');
  throw new NodeOperationError(context.getNode(), `No ${what} is chosen`, {
    description: `Choose the ${what} from the list or give its ID.`,
    itemIndex: item,
  });
}
