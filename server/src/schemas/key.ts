import { z } from 'zod';
import { systemKey, timeOut, userId } from './common';

export const keyScope = z.enum(['publish', 'manage']).meta({
  id: 'KeyScope',
  description: '`publish` events, `manage` endpoints and deliveries',
});

export const newKey = z
  .strictObject({
    system: systemKey,
    user: userId
      .refine((user) => user.trim() !== '', 'must not be blank')
      .optional()
      .meta({ description: 'The one user that the key acts for; leave out for all of the system' }),
    scopes: z
      .array(keyScope)
      .min(1)
      .max(2)
      .overwrite((scopes) => [...new Set(scopes)])
      .meta({ description: 'What the key may do' }),
  })
  .meta({ id: 'NewKey', description: 'A key to make' });

export const keyOut = z
  .object({
    id: z.string().meta({ description: 'Id of the key, which is not its token' }),
    system: z.string().meta({ description: 'Key of the system that it is for' }),
    user: z
      .string()
      .nullable()
      .meta({ description: 'The one user that it acts for; null for all of the system' }),
    scopes: z.array(keyScope).meta({ description: 'What it may do' }),
    created_at: timeOut.meta({ description: 'When it was made' }),
    revoked_at: timeOut.nullable().meta({ description: 'Null while it is good' }),
  })
  .meta({ id: 'Key', description: 'A key, without its token' });

export const keyWithTokenOut = keyOut
  .extend({
    token: z.string().meta({ description: 'The bearer token: shown here and never again' }),
  })
  .meta({ id: 'KeyWithToken', description: 'A key that was made, with its token' });
