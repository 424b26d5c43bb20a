import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { given } from '../../api/call';
import { readTime } from './time';

/** From when, inclusive. */
export const sinceField: INodeProperties = {
  displayName: 'Since',
  name: 'since',
  type: 'dateTime',
  default: '',
  description: 'Only what was created at this time or later',
};

/** Until when, exclusive. */
export const untilField: INodeProperties = {
  displayName: 'Until',
  name: 'until',
  type: 'dateTime',
  default: '',
  description: 'Only what was created before this time',
};

/**
 * What is filled in of a collection of fields, with `since` and `until` as CareerHooks takes them. Throws
 * NodeOperationError where one of the two is there and no time: without it, everything would be meant.
 */
export function readFilters(
  context: IExecuteFunctions,
  collection: 'filters' | 'options',
  item: number,
): IDataObject {
  const values = context.getNodeParameter(collection, item, {});
  const times = [sinceField, untilField]
    .filter(({ name }) => name in values)
    .map(({ name, displayName: label }) => [
      name,
      readTime(context, { value: values[name], label, item }),
    ]);
  return given({ ...values, ...(Object.fromEntries(times) as IDataObject) });
}
