import type { ApiKey } from '@careerhooks/store';
import type { z } from 'zod';
import type { keyOut } from '../schemas/key';
import { isoTime } from './times';

export function presentKey(key: ApiKey): z.output<typeof keyOut> {
  return {
    id: key.id,
    system: key.system,
    user: key.user,
    scopes: key.scopes,
    created_at: isoTime(key.createdAt),
    revoked_at: isoTime(key.revokedAt),
  };
}
