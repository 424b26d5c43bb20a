import { z } from 'zod';
import { eventPattern, shortText } from '../../schemas/common';

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
