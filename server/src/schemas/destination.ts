import { destinations } from '@careerhooks/destinations';
import { z } from 'zod';

export const destinationUrl = z
  .string()
  .trim()
  .min(1)
  .max(2048)
  .meta({
    description: `Where events are sent: ${destinations.map(({ url }) => url.description).join('; or ')}`,
    example: destinations[0].url.example,
  });

/**
 * What each destination takes beside the URL: which one an endpoint is of, its URL says. To the types
 * it has no fields, since their names are the destination's alone.
 */
export const destinationFields: object = Object.fromEntries(
  destinations.map(({ settings: { field, schema, description } }) => [
    field,
    schema.optional().meta({ description }),
  ]),
);

/** What each destination shows of its endpoints. */
export const shownFields: object = Object.fromEntries(
  destinations.flatMap(({ shown }) => Object.entries(shown)),
);
