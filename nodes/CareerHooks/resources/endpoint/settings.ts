import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { given } from '../../../api/call';
import { type NumberField, readOptionalNumber } from '../../fields/number';

/** What an endpoint may be told beside its URL and events; names are the API's. */
export const settingFields: INodeProperties[] = [
  {
    displayName: 'Description',
    name: 'description',
    type: 'string',
    default: '',
    placeholder: 'e.g. Our CRM',
    description: 'What lists show for it',
  },
  {
    displayName: 'Headers',
    name: 'headers',
    type: 'fixedCollection',
    typeOptions: { multipleValues: true },
    placeholder: 'Add Header',
    default: {},
    description: 'Sent with every delivery; CareerHooks never shows them again',
    options: [
      {
        displayName: 'Header',
        name: 'header',
        values: [
          { displayName: 'Name', name: 'name', type: 'string', default: '' },
          { displayName: 'Value', name: 'value', type: 'string', default: '' },
        ],
      },
    ],
  },
  {
    displayName: 'In Order',
    name: 'ordered',
    type: 'boolean',
    default: false,
    description: 'Whether each delivery waits until the one before it is finished',
  },
  {
    displayName: 'Maximum Retries',
    name: 'max_retries',
    type: 'number',
    typeOptions: { minValue: 0, maxValue: 20 },
    default: 3,
    description: 'How many attempts follow the first one',
  },
  {
    displayName: 'Retries',
    name: 'schedule',
    type: 'options',
    options: [
      {
        name: 'As the System Documents',
        value: 'system',
        description: 'For some seconds',
      },
      {
        name: 'Keep Trying for 24 Hours',
        value: 'extended',
        description: '5 s, 5 min, 30 min, 2 h, 5 h and 10 h after each other',
      },
    ],
    default: 'system',
    description: 'When a delivery that failed is tried again',
  },
  {
    displayName: 'Secret',
    name: 'secret',
    type: 'string',
    typeOptions: { password: true },
    default: '',
    description:
      'Your own signing secret, at least 16 characters; CareerHooks makes one if you bring none',
  },
  {
    displayName: 'Timeout (Seconds)',
    name: 'timeout_seconds',
    type: 'number',
    typeOptions: { minValue: 1, maxValue: 120 },
    default: 10,
    description: 'How long an attempt waits for the answer',
  },
];

/** What is filled in of these fields, as the API takes it. Throws NodeOperationError. */
export function readSettings(
  context: IExecuteFunctions,
  values: IDataObject,
  item: number,
): IDataObject {
  const { headers, max_retries: retries, timeout_seconds: timeout, ...settings } = values;
  // By null, an expression goes back to what is so by itself.
  const numberOrNull = (field: Omit<NumberField, 'item'>): number | null | undefined =>
    field.value === null ? null : readOptionalNumber(context, { ...field, item });
  const rows = (headers as { header?: { name: string; value: string }[] } | undefined)?.header;
  return given({
    ...settings,
    max_retries: numberOrNull({ value: retries, label: 'Maximum Retries', min: 0, max: 20 }),
    timeout_seconds: numberOrNull({ value: timeout, label: 'Timeout (Seconds)', min: 1, max: 120 }),
    ...(rows !== undefined && {
      headers: Object.fromEntries(rows.map(({ name, value }) => [name, value])),
    }),
  });
}
