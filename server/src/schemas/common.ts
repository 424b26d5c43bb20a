import { normaliseOffset } from '@careerhooks/systems';
import { z } from 'zod';

/**
 * Text that is stored and shown, bounded: no control characters (PostgreSQL cannot
 * hold NUL) and no half of a surrogate pair (UTF-8 cannot).
 */
export function shortText(maxLength: number): z.ZodString {
  return (
    z
      .string()
      .min(1)
      .max(maxLength)
      // Spelled out, since not every reader of the OpenAPI document knows \p{Cc}.
      // eslint-disable-next-line no-control-regex
      .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, 'must not have control characters')
      .refine((text) => !/\p{Cs}/u.test(text), 'must not have half of a surrogate pair')
  );
}

/** An id that a producer chooses: visible ASCII. */
export const producerId = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters without spaces')
  .meta({ minLength: 1, maxLength: 128 });

export const systemKey = shortText(40).meta({
  description: 'Key of a system, as in GET /v1/systems',
  example: 'roleready',
});

export const userId = shortText(200).meta({
  description: "The product's own id of its user",
  example: 'user_123',
});

export const eventTypeName = shortText(100).meta({
  description: 'Event type',
  example: 'resume.parsed',
});

/** What an endpoint gets: `resume.parsed`, `resume.*` or `*`. */
export const eventPattern = shortText(100).meta({
  id: 'EventPattern',
  description: 'Event type or wildcard',
});

/** Lists answer `{data, next_cursor}`; these two parameters page through them. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: 'Rows in a page at most' }),
  cursor: shortText(100)
    .optional()
    .meta({ description: '`next_cursor` of the page before; the first page without it' }),
};

/** A time as ISO 8601 with a zone; becomes Unix milliseconds. */
export const time = z
  .preprocess(normaliseOffset, z.iso.datetime({ offset: true }))
  .transform((text) => Date.parse(text))
  .meta({
    override: { type: 'string', format: 'date-time' },
    example: '2026-11-24T09:30:00Z',
  });

export const timeOut = z.iso.datetime().meta({ example: '2026-11-24T09:30:00.000Z' });

/** A page of a list, under its own name in the OpenAPI document. */
export const page = <Row extends z.ZodType>(
  id: string,
  row: Row,
): z.ZodObject<{ data: z.ZodArray<Row>; next_cursor: z.ZodNullable<z.ZodString> }> =>
  z
    .object({
      data: z.array(row).meta({ description: 'The rows of this page, the newest first' }),
      next_cursor: z.string().nullable().meta({
        description:
          'Send it as `cursor` for the page after this one; null where this one is the last',
      }),
    })
    .meta({ id, description: 'A page of a list' });

/** A switch in a query. */
export const trueOrFalse = z
  .enum(['true', 'false'])
  .meta({ id: 'TrueOrFalse', description: 'Whether something is wanted' });

/** A JSON object that is taken as it is: the same value, its keys in their order. */
export const jsonObject = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    { error: ({ input }) => (input === undefined ? 'is missing' : 'must be a JSON object') },
  )
  .meta({ override: { type: 'object', additionalProperties: true } });
