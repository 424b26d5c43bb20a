import { z } from 'zod';
import { eventPattern, eventTypeName, shortText } from '../../schemas/common';

/** The path parameter of everything about one webhook; an id that cannot be one is not found. */
export const webhookParams = z.object({
  id: z.string().meta({ description: 'Id of the webhook' }),
});

export const webhookUrl = z
  .string()
  .trim()
  .min(1)
  .max(2048)
  .meta({ description: 'Where events are sent', example: 'https://hooks.example.com/webhooks' });

export const eventList = z.array(eventPattern).min(1).max(100).meta({
  description: 'Event types, and wildcards such as `resume.*`',
});

/** The documents set no least length; fewer characters than these can be guessed. */
export const ownSecret = shortText(200).min(8).meta({
  description: 'Your own signing secret; one is made if you bring none',
});

/** What the products' documents show of a test, each by names of its own. */
export const testFields = {
  deliveryId: z.string().meta({ description: 'Id of the delivery' }),
  type: z.string().meta({ description: 'Event type of the example' }),
  delivered: z.boolean().meta({ description: 'Whether the receiver took it' }),
  statusCode: z
    .number()
    .int()
    .nullable()
    .meta({ description: 'HTTP status of the answer; null where there was none' }),
  error: z.string().nullable().meta({ description: 'Why it was not taken; null where it was' }),
};

/** The body of a test, where one can be chosen. */
export const testRequest = z
  .object({
    event_type: eventTypeName
      .optional()
      .meta({ description: 'Else the first type that the webhook gets' }),
  })
  .meta({ id: 'TestRequest', description: 'What to test the webhook with' });

/** Pages of logs, as RoleReady's and ResumeBuilder's documents have them. */
export const logPage = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(50)
    .meta({ description: 'Entries in a page at most' }),
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(0)
    .meta({ description: 'How many entries come before it' }),
};
