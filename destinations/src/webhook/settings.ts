import { z } from 'zod';

/** Most headers of an endpoint's own. */
const MAX_HEADERS = 20;

/** Headers that are sent with every request to an endpoint, by their names. */
export type ExtraHeaders = Readonly<Record<string, string>>;

export const settings = {
  field: 'headers',
  schema: z
    .record(z.string().max(100), z.string().max(2000))
    .refine(
      (headers) => Object.keys(headers).length <= MAX_HEADERS,
      `must be at most ${MAX_HEADERS}`,
    )
    .meta({ maxProperties: MAX_HEADERS }),
  description:
    'Sent with every request; stored sealed and never shown. They replace those that there were: `{}` removes them',
  required: false,
};

export const shown = {
  has_headers: z.boolean().meta({ description: 'Whether it has headers of its own' }),
};
