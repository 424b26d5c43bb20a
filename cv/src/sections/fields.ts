import { z } from 'zod';

/** Line breaks and tabs are text; other control characters are not, and no reader of a CV shows them. */
// eslint-disable-next-line no-control-regex
const printable = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/;

function text(maxLength: number): z.ZodString {
  return z
    .string()
    .max(maxLength, `must have at most ${maxLength} characters`)
    .regex(printable, 'must not contain control characters');
}

/** A name, a title, a place. */
export const shortText = text(200);

/** A short text that says something. */
export const name = shortText.min(1, 'must not be empty');

/** A paragraph or several. */
export const longText = text(5_000);

/** A point of a list: a responsibility, an achievement. */
export const points = z.array(text(500).min(1, 'must not be empty')).max(50);

/** Names of technologies. */
export const tags = z.array(text(100).min(1, 'must not be empty')).max(50);

/** What names an item of a section for updates and deletions. */
export const itemId = z
  .string()
  .regex(
    /^[\w.:@-]{1,128}$/,
    'must be 1 to 128 letters, digits or one of the characters . _ : @ -',
  );

const day = /^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

/** `2018`, `2023-01` or `2023-01-31`. */
export const date = z.string().regex(day, 'must be a date such as 2018, 2023-01 or 2023-01-31');

/** A date, or `Present`. */
export const endDate = z.union([date, z.string().regex(/^present$/i)], {
  error: 'must be a date such as 2018 or 2023-12, or "Present"',
});

export const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .max(2_000);

export const wholeNumber = z.number().int('must be a whole number').min(0).max(1e12);
