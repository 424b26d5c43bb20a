import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import { textOf } from '../../api/one-line';

/** A field of a number, and what it may be. */
export interface NumberField {
  value: unknown;
  label: string;
  item: number;
  min: number;
  max?: number;
  /** Fractions are numbers here, too. */
  fractions?: true;
}

/** The number that a field holds, also as an expression gives it as text. Throws NodeOperationError, which names the field. */
export function readNumber(context: IExecuteFunctions, field: NumberField): number {
  const { value, label, item, min, max = Infinity } = field;
  const number = toNumber(value);
  const isOfKind = field.fractions === true || Number.isInteger(number);
  if (isOfKind && number >= min && number <= max) return number;
  const kind = field.fractions === true ? 'a number' : 'a whole number';
  const range = max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`;
  const given = textOf(value);
  throw new NodeOperationError(context.getNode(), `"${label}" has to be ${kind} ${range}`, {
    description: `It is ${given === '' ? 'empty' : given}.`,
    itemIndex: item,
  });
}

/** The same of an option that nobody has to fill in: undefined where it is not there, or empty. */
export function readOptionalNumber(
  context: IExecuteFunctions,
  field: NumberField,
): number | undefined {
  return field.value === undefined || field.value === '' ? undefined : readNumber(context, field);
}

function toNumber(value: unknown): number {
  if (typeof value === 'string' && value.trim() !== '') return Number(value);
  return typeof value === 'number' ? value : NaN;
}
