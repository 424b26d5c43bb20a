import type { z } from 'zod';

/** What a value is to be, as people call it. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'a time such as 2026-11-24T09:30:00Z',
  date: 'a date such as 2026-11-24',
  url: 'a URL',
  email: 'an e-mail address',
  uuid: 'a UUID',
};

/**
 * zod's error map in words that follow a field's name: `is missing`, `must be text, not a number`. It
 * goes along with a parse; what a schema says for itself stays.
 */
export const inWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${KINDS[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}`;
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? 'written otherwise'}`;
    case 'invalid_value':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return bound(issue.origin, issue.minimum, 'at least');
    case 'too_big':
      return bound(issue.origin, issue.maximum, 'at most');
    case 'invalid_union':
      return 'is not as documented';
    case 'unrecognized_keys':
      return `There is no field ${issue.keys.map((key) => `"${key}"`).join(', ')} here`;
    default:
      return undefined;
  }
};

/**
 * What is wrong with one field, as a sentence without its full stop.
 *
 * @param whole what is meant where the path is empty.
 */
export function tellIssue(
  { path, message }: { path: string; message: string },
  whole: string,
): string {
  // Words of `inWords` go on from the field's name; others stand for themselves.
  if (/^\p{Ll}/u.test(message)) return `${path === '' ? whole : path} ${message}`;
  return path === '' ? message : `${path}: ${message}`;
}

function bound(origin: string, limit: number | bigint, most: 'at least' | 'at most'): string {
  if (most === 'at least' && limit === 1 && COUNTED[origin] !== undefined) {
    return 'must not be empty';
  }
  const unit = COUNTED[origin];
  return unit === undefined
    ? `must be ${most} ${String(limit)}`
    : `must have ${most} ${String(limit)} ${unit}${Number(limit) === 1 ? '' : 's'}`;
}

/** What is counted of values that have no size of their own. */
const COUNTED: Readonly<Record<string, string>> = {
  string: 'character',
  array: 'item',
  object: 'field',
};

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' && !Number.isInteger(value)) return 'a fraction';
  return KINDS[typeof value] ?? typeof value;
}
