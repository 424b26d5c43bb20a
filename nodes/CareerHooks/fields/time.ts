import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import { textOf } from '../../api/one-line';

/** Milliseconds since 1970: what is below is seconds, by which everything would be meant. */
const LEAST_MS = 100_000_000_000;

/**
 * A time as CareerHooks takes it (ISO 8601 in UTC), of text, of milliseconds since 1970, of a Date or of
 * luxon's DateTime, as expressions give them. n8n's date picker names no zone and means the workflow's.
 * Undefined where the field is empty; throws NodeOperationError, which names the field, for what is no time.
 */
export function readTime(
  context: IExecuteFunctions,
  { value, label, item }: { value: unknown; label: string; item: number },
): string | undefined {
  if (value === '') return undefined;
  const time = toDate(context, value);
  if (time !== undefined && !Number.isNaN(time.getTime())) return time.toISOString();
  throw new NodeOperationError(context.getNode(), `"${label}" is not a time: ${shown(value)}`, {
    description:
      'Choose a date, or write one such as 2026-11-24T09:30:00Z. An expression may also give a DateTime, or milliseconds since 1970.',
    itemIndex: item,
  });
}

/** Undefined for what cannot be a time. */
function toDate(context: IExecuteFunctions, value: unknown): Date | undefined {
  if (typeof value === 'number') return value < LEAST_MS ? undefined : new Date(value);
  if (typeof value === 'string') return fromText(context, value.trim());
  const text = isoOf(value);
  return text === undefined ? undefined : new Date(text);
}

function fromText(context: IExecuteFunctions, text: string): Date {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
  return new Date(hasZone ? text : text + offsetOf(context.getTimezone(), text));
}

/** What a Date or a DateTime says of itself; undefined for others, and for one that is invalid. */
function isoOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Date && Number.isNaN(value.getTime())) return undefined;
  const { toISO, toISOString } = value as { toISO?: unknown; toISOString?: unknown };
  const tell = [toISO, toISOString].find((method) => typeof method === 'function');
  const text: unknown = tell === undefined ? undefined : Reflect.apply(tell, value, []);
  return typeof text === 'string' ? text : undefined;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : textOf(value) || 'it is empty';
}

/** `+01:00`, as it is in the zone about that time. */
function offsetOf(timeZone: string, value: string): string {
  const about = new Date(`${value}Z`);
  if (Number.isNaN(about.getTime())) return '';
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    timeZoneName: 'longOffset',
  }).formatToParts(about);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return name === 'GMT' ? 'Z' : name.replace('GMT', '');
}
