import type { JournaledApiKey } from '../journal/entry';

export type KeyScope = 'publish' | 'manage';

/** An API key as it may be shown: never its token. */
export interface ApiKey {
  id: string;
  system: string;
  /** The one user that the key acts for; null for all of the system's users. */
  user: string | null;
  scopes: KeyScope[];
  createdAt: number;
  revokedAt: number | null;
}

export type ApiKeyRow = Omit<JournaledApiKey, 'token_hash'>;

export function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    system: row.system,
    user: row.user_id,
    scopes: JSON.parse(row.scopes) as KeyScope[],
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  };
}
