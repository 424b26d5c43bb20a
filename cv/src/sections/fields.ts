import { z } from 'zod';
import { toUri } from './uri';

/** Line breaks and tabs are text; other control characters are not, and no reader of a CV shows them. */
// eslint-disable-next-line no-control-regex
const printable = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/;

function text(maxLength: number): z.ZodString {
  return z
    .string()
    .max(maxLength, `must have at most ${maxLength} characters`)
    .regex(printable, 'must not contain control characters');
}

/** A person's name. */
export const personName = text(200);

/** A title, a place. */
export const shortText = text(500);

/** A short text that says something. */
export const name = shortText.min(1, 'must not be empty');

/** What an item is called. Only an imported one may be without, which is empty then. */
export const title = z.preprocess((value) => value ?? '', shortText);

/** A paragraph or several. */
export const longText = text(20_000);

/** A point of a list: a responsibility, an achievement. */
export const points = z.array(text(2_000).min(1, 'must not be empty')).max(100);

/** Names of technologies. */
export const tags = z.array(text(200).min(1, 'must not be empty')).max(200);

/** What names an item of a section for updates and deletions. */
export const itemId = z
  .string()
  .regex(
    /^[\w.:@-]{1,128}$/,
    'must be 1 to 128 letters, digits or one of the characters . _ : @ -',
  );

const NOT_IN_CALENDAR = 'must be a day that the calendar has';

const DAY = /^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** `2018`, `2023-01` or `2023-01-31`, and in the calendar. */
export const date = z
  .string()
  .regex(DAY, { error: 'must be a date such as 2018, 2023-01 or 2023-01-31', abort: true })
  .refine(isInCalendar, NOT_IN_CALENDAR);

function isInCalendar(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

/** What an item that goes on has for its last day. */
export const PRESENT = 'Present';

/** A date, or `Present` in any spelling, which is kept in this one. */
export const endDate = z.preprocess(
  (value) => (typeof value === 'string' && /^present$/i.test(value.trim()) ? PRESENT : value),
  z
    .string()
    .refine((text) => text === PRESENT || DAY.test(text), {
      error: 'must be a date such as 2018 or 2023-12, or "Present"',
      abort: true,
    })
    .refine((text) => text === PRESENT || isInCalendar(text), NOT_IN_CALENDAR),
);

/** A field that may be left out, and that `null`, `""` or `[]` clears. */
export function clearable<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (clears(value) ? undefined : value), schema.optional()).optional();
}

function clears(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** An address on the web, in any script, which is kept as a URI. */
export const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .max(2_000)
  .transform(toUri);

/** A picture: at a URL, or a small JPEG or PNG in the text itself (RFC 2397). */
export const imageAddress = z.union(
  [
    webAddress,
    z
      .string()
      .max(256 * 1024)
      .regex(/^data:image\/(jpeg|png);base64,[A-Za-z0-9+/]+={0,2}$/),
  ],
  { error: 'must be an http or https URL, or a JPEG or PNG of at most 192 KB as a data: URL' },
);

export const wholeNumber = z.number().int('must be a whole number').min(0).max(1e12);
