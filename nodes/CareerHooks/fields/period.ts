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

/** What is filled in of a collection of fields, with `since` and `until` as CareerHooks takes them. */
export function readFilters(
  context: IExecuteFunctions,
  collection: 'filters' | 'options',
  item: number,
): IDataObject {
  const values = context.getNodeParameter(collection, item, {});
  return given({
    ...values,
    since: readTime(context, values.since, item),
    until: readTime(context, values.until, item),
  });
}
