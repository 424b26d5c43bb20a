import type {
  FieldType,
  ILoadOptionsFunctions,
  ResourceMapperField,
  ResourceMapperFields,
} from 'n8n-workflow';
import type { EventType } from '../api/systems';
import { inOneMessage } from '../api/whole-message';
import { chosenSystem } from './chosen-system';

/** The fields of the chosen event type's data, each filled in as in the type's example. */
export const loadDataFields = inOneMessage(async function (
  this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
  const system = await chosenSystem(this);
  const chosen = this.getCurrentNodeParameter('type');
  const type = system?.events.find((one) => one.type === chosen);
  if (type === undefined) {
    return {
      fields: [],
      emptyFieldsNotice:
        'Choose the event type from the list to see the fields of its data, or specify the data using JSON.',
    };
  }
  return { fields: Object.entries(type.example).map((entry) => fieldOf(entry, type)) };
});

function fieldOf(
  [name, value]: [string, unknown],
  { data_schema }: EventType,
): ResourceMapperField {
  return {
    id: name,
    displayName: name,
    defaultMatch: false,
    required: data_schema.required?.includes(name) ?? false,
    display: true,
    type: typeOf(value),
    defaultValue: isPlain(value) ? value : JSON.stringify(value),
  };
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function typeOf(value: unknown): FieldType {
  if (Array.isArray(value)) return 'array';
  if (isPlain(value)) return typeof value as 'string' | 'number' | 'boolean';
  return 'object';
}
