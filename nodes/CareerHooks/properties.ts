import { type INodeProperties, updateDisplayOptions } from 'n8n-workflow';
import { resources } from './resources';

/** The fields of all operations, each shown only for its own. */
export const properties: INodeProperties[] = Object.entries(resources).flatMap(
  ([resource, { selector, operations }]) => [
    selector,
    ...Object.entries(operations).flatMap(([operation, { properties: fields }]) =>
      updateDisplayOptions({ show: { resource: [resource], operation: [operation] } }, fields),
    ),
  ],
);
