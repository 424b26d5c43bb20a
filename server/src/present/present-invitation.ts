import type { Invitation } from '@careerhooks/store';
import type { z } from 'zod';
import type { invitationOut } from '../schemas/invitation';
import { isoTime } from './times';

export function presentInvitation(invitation: Invitation): z.output<typeof invitationOut> {
  return {
    id: invitation.id,
    system: invitation.system,
    user: invitation.user,
    scopes: invitation.scopes,
    created_at: isoTime(invitation.createdAt),
    expires_at: isoTime(invitation.expiresAt),
    redeemed_at: isoTime(invitation.redeemedAt),
    revoked_at: isoTime(invitation.revokedAt),
    key_id: invitation.keyId,
  };
}
