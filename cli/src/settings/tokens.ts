import type { TokenSettings } from '@careerhooks/server';
import { systems } from '@careerhooks/systems';
import { z } from 'zod';
import { httpUrl } from './forms';

const KINDS = {
  // RFC 7518, section 3.2: a key for HS256 is at least as long as its hash.
  JWT_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  JWKS_URL: httpUrl.optional(),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
};

/**
 * How a product's own tokens are verified, for each system by its key in capitals: ROLEREADY_JWT_SECRET
 * and so on.
 */
export const tokenVariables: Record<string, z.ZodType<string | undefined>> = Object.fromEntries(
  [...systems.keys()].flatMap((key) =>
    Object.entries(KINDS).map(([kind, form]) => [nameOf(key, kind), form]),
  ),
);

/** By the system's key. */
export function tokenSettings(
  values: Readonly<Record<string, string | undefined>>,
): Record<string, TokenSettings> {
  return Object.fromEntries(
    [...systems.keys()].map((key) => [
      key,
      {
        secret: values[nameOf(key, 'JWT_SECRET')],
        jwksUrl: values[nameOf(key, 'JWKS_URL')],
        issuer: values[nameOf(key, 'JWT_ISSUER')],
        audience: values[nameOf(key, 'JWT_AUDIENCE')],
      },
    ]),
  );
}

function nameOf(key: string, kind: string): string {
  return `${key.toUpperCase()}_${kind}`;
}
