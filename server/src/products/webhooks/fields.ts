import { z } from 'zod';
import { shortText } from '../../schemas/common';

/** The path parameter of everything about one webhook; an id that cannot be one is not found. */
export const webhookParams = z.object({ id: z.string() });

export const webhookUrl = z
  .string()
  .trim()
  .min(1)
  .max(2048)
  .meta({ example: 'https://your-app.com/webhooks' });

export const eventList = z.array(shortText(100)).min(1).max(100);

/** The documents set no least length; fewer characters than these can be guessed. */
export const ownSecret = shortText(200).min(8);
