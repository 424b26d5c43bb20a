import type { KeyScope } from '../keys/api-key';

/** A link that makes a key, once, as it may be shown: never its code. Times are Unix milliseconds. */
export interface Invitation {
  id: string;
  system: string;
  /** The one user that the key will act for; null for all of the system's users. */
  user: string | null;
  scopes: KeyScope[];
  createdAt: number;
  expiresAt: number;
  redeemedAt: number | null;
  revokedAt: number | null;
  /** The key that it has made. */
  keyId: string | null;
}

export interface InvitationRow {
  id: string;
  system: string;
  user_id: string | null;
  scopes: string;
  created_at: number;
  expires_at: number;
  redeemed_at: number | null;
  revoked_at: number | null;
  key_id: string | null;
}

export function toInvitation(row: InvitationRow): Invitation {
  return {
    id: row.id,
    system: row.system,
    user: row.user_id,
    scopes: JSON.parse(row.scopes) as KeyScope[],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    redeemedAt: row.redeemed_at,
    revokedAt: row.revoked_at,
    keyId: row.key_id,
  };
}
