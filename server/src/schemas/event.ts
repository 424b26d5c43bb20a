import { z } from 'zod';
import { eventTypeName, jsonObject, producerId, systemKey, timeOut, userId } from './common';

/** Most events in one batch. */
const MAX_BATCH = 500;

export const newEvent = z
  .strictObject({
    system: systemKey
      .optional()
      .meta({ description: "Needed with the admin token; else the key's own" }),
    type: eventTypeName,
    user: userId
      .optional()
      .meta({ description: 'Whose event it is; a key that is bound to a user needs none' }),
    data: jsonObject.meta({
      description: 'As the catalogue says for this type; further fields are passed on',
    }),
    previous_attributes: jsonObject
      .optional()
      .meta({ description: 'For updates: what changed, as it was before' }),
    id: producerId
      .optional()
      .meta({ description: 'Your own id; publishing it again changes nothing' }),
  })
  .meta({ id: 'NewEvent' });

export const publication = z
  .union([newEvent, z.strictObject({ events: z.array(newEvent).min(1).max(MAX_BATCH) })])
  .meta({ description: 'One event, or a batch that is accepted whole or not at all' });

export const acceptedEvent = z
  .object({
    id: z.string(),
    type: z.string(),
    deliveries: z.number().int().meta({ description: 'How many endpoints get it' }),
    duplicate: z.boolean().meta({ description: 'It was accepted before; nothing was written' }),
  })
  .meta({ id: 'AcceptedEvent' });

export const eventOut = z
  .object({
    id: z.string(),
    system: z.string(),
    user: z.string(),
    type: z.string(),
    data: jsonObject,
    previous_attributes: jsonObject.nullable(),
    test: z.boolean(),
    created_at: timeOut,
  })
  .meta({ id: 'Event' });
