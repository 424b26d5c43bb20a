import { z } from 'zod';
import { shortText, timeOut } from './common';
import { keyOut, newKey } from './key';

const DAY_SECONDS = 24 * 60 * 60;

export const newInvitation = newKey
  .extend({
    expires_in_seconds: z
      .int()
      .min(60)
      .max(30 * DAY_SECONDS)
      .default(DAY_SECONDS)
      .meta({ description: 'How long the link is good, in seconds' }),
  })
  .meta({ id: 'NewInvitation', description: 'A link to make, and the key that it will make' });

export const invitationOut = keyOut
  .extend({
    id: z.string().meta({ description: 'Id of the invitation' }),
    system: z.string().meta({ description: 'Key of the system that the key will be for' }),
    expires_at: timeOut.meta({ description: 'Until when the link is good' }),
    redeemed_at: timeOut.nullable().meta({ description: 'When it made its key' }),
    revoked_at: timeOut.nullable().meta({ description: 'When it was revoked' }),
    key_id: z
      .string()
      .nullable()
      .meta({ description: 'The key that it has made; null before that' }),
  })
  .meta({ id: 'Invitation', description: 'A link that makes a key, once; without the link' });

export const invitationWithUrlOut = invitationOut
  .extend({
    url: z.url().meta({
      description:
        'The link, for whoever is to have the key: shown here and never again. Its secret is behind the #, which browsers send to nobody.',
    }),
  })
  .meta({ id: 'InvitationWithUrl', description: 'An invitation that was made, with its link' });

export const invitationCode = z
  .strictObject({
    code: shortText(100).meta({ description: 'What is behind the # of the link' }),
  })
  .meta({ id: 'InvitationCode', description: 'An invitation to redeem' });
