import { z } from 'zod';
import { systemKey, timeOut, userId } from './common';

export const newKey = z.strictObject({
  system: systemKey,
  user: userId
    .optional()
    .meta({ description: 'The one user that the key acts for; leave out for all of the system' }),
  scopes: z
    .array(z.enum(['publish', 'manage']))
    .min(1)
    .max(2)
    .meta({ description: '`publish` events, `manage` endpoints and deliveries' }),
});

export const keyOut = z
  .object({
    id: z.string(),
    system: z.string(),
    user: z.string().nullable(),
    scopes: z.array(z.enum(['publish', 'manage'])),
    created_at: timeOut,
    revoked_at: timeOut.nullable(),
  })
  .meta({ id: 'Key' });

export const newKeyOut = keyOut
  .extend({ token: z.string().meta({ description: 'Shown here and never again' }) })
  .meta({ id: 'NewKey' });
