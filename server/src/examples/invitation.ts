import type { z } from 'zod';
import type {
  invitationCode,
  invitationOut,
  invitationWithUrlOut,
  newInvitation,
} from '../schemas/invitation';
import { keyExample, newKeyExample } from './key';

/** What the reference shows of invitations. The code is of the right form, and nobody's. */

export const newInvitationExample: z.input<typeof newInvitation> = {
  ...newKeyExample,
  expires_in_seconds: 86_400,
};

export const invitationExample: z.output<typeof invitationOut> = {
  ...keyExample,
  id: 'inv_0192f0c4a7b17c3e8d21',
  expires_at: '2026-11-25T09:30:00.000Z',
  redeemed_at: null,
  revoked_at: null,
  key_id: null,
};

export const invitationCodeExample: z.input<typeof invitationCode> = {
  code: 'chi_only-an-example-of-a-code',
};

export const invitationWithUrlExample: z.output<typeof invitationWithUrlOut> = {
  ...invitationExample,
  url: `https://hooks.example.com/connect#${invitationCodeExample.code}`,
};
