import type { z } from 'zod';
import type { keyOut, keyWithTokenOut, newKey } from '../schemas/key';

/** What the reference shows of keys. The token is of the right form, and nobody's. */

export const newKeyExample: z.input<typeof newKey> = {
  system: 'roleready',
  user: 'user_123',
  scopes: ['manage'],
};

export const keyExample: z.output<typeof keyOut> = {
  id: 'key_0192f0c4a7b17c3e8d21',
  system: 'roleready',
  user: 'user_123',
  scopes: ['manage'],
  created_at: '2026-11-24T09:30:00.000Z',
  revoked_at: null,
};

export const keyWithTokenExample: z.output<typeof keyWithTokenOut> = {
  ...keyExample,
  token: 'chk_only-an-example-of-a-token',
};
