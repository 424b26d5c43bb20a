import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

/** Steps of a path, which are gone from a URL before it is sent, encoded or not. */
const STEPS = ['.', '..'];

/** The chosen id, fit for a path. Throws NodeOperationError where nothing was chosen, or no id can be so. */
export function locate(
  context: IExecuteFunctions,
  field: 'endpointId' | 'eventId' | 'deliveryId',
  item: number,
): string {
  const value: unknown = context.getNodeParameter(field, item, '', { extractValue: true });
  const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  const isId = id !== '' && !STEPS.includes(id);
  // Throws for half of a surrogate pair.
  if (isId && !/\p{Cs}/u.test(id)) return encodeURIComponent(id);
  const what = field.replace('Id', '');
  const isEmpty = value === '' || value === null || value === undefined;
  throw new NodeOperationError(
    context.getNode(),
    isEmpty ? `No ${what} is chosen` : `This is not the ID of ${article(what)} ${what}`,
    { description: `Choose the ${what} from the list or give its ID.`, itemIndex: item },
  );
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a';
}
