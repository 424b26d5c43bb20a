import { z } from 'zod';
import { eventTypeName, jsonObject, producerId, systemKey, timeOut, userId } from './common';

/** Most events in one batch. */
const MAX_BATCH = 500;

export const newEvent = z
  .strictObject({
    system: systemKey
      .optional()
      .meta({ description: "Needed with the admin token; else the key's own" }),
    type: eventTypeName.meta({ description: 'Event type, one of the system’s' }),
    user: userId.optional().meta({
      description:
        'Whose event it is; a key that is bound to a user needs none, nor does the system `cv`, which has no users',
    }),
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
  .meta({ id: 'NewEvent', description: 'An event to publish' });

const eventBatch = z
  .strictObject({
    events: z
      .array(newEvent)
      .min(1)
      .max(MAX_BATCH)
      .meta({ description: 'The events, in their order' }),
  })
  .meta({ id: 'EventBatch', description: 'Events that are accepted all or none' });

export const publication = z.union([newEvent, eventBatch]).meta({
  id: 'Publication',
  description: 'One event, or a batch that is accepted whole or not at all',
});

export const acceptedEvent = z
  .object({
    id: z.string().meta({ description: 'Id of the event' }),
    type: z.string().meta({ description: 'Event type' }),
    deliveries: z.number().int().meta({ description: 'How many endpoints get it' }),
    duplicate: z.boolean().meta({ description: 'It was accepted before; nothing was written' }),
  })
  .meta({ id: 'AcceptedEvent', description: 'An event that is durable' });

export const acceptance = z
  .union([
    acceptedEvent,
    z
      .object({
        events: z
          .array(acceptedEvent)
          .meta({ description: 'One result for each event, in their order' }),
      })
      .meta({ id: 'AcceptedBatch', description: 'A batch that is durable' }),
  ])
  .meta({
    id: 'Acceptance',
    description: 'An accepted event where one was sent, an accepted batch where a batch was',
  });

export const eventOut = z
  .object({
    id: z
      .string()
      .meta({ description: "Id of the event: the producer's own, or one that was made" }),
    system: z.string().meta({ description: 'Key of the system' }),
    user: z.string().meta({ description: 'Whose event it is' }),
    type: z.string().meta({ description: 'Event type' }),
    data: jsonObject.meta({ description: 'As it was published' }),
    previous_attributes: jsonObject
      .nullable()
      .meta({ description: 'What changed, as it was before; null where none was published' }),
    test: z.boolean().meta({ description: 'Whether it was made by `/test`' }),
    created_at: timeOut.meta({ description: 'When it was accepted' }),
  })
  .meta({ id: 'Event', description: 'An event that was accepted' });
