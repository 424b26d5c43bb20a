import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

/**
 * A time as CareerHooks takes it (ISO 8601 in UTC). n8n's date picker names no zone and means the
 * workflow's. Undefined where nothing was filled in; throws NodeOperationError for what is no time.
 */
export function readTime(
  context: IExecuteFunctions,
  value: unknown,
  item: number,
): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(value);
  const time = new Date(hasZone ? value : value + offsetOf(context.getTimezone(), value));
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  throw new NodeOperationError(context.getNode(), `"${value}" is not a time`, {
    description: 'Choose a date, or write one such as 2026-11-24T09:30:00Z.',
    itemIndex: item,
  });
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
