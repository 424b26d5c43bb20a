import { parseCidrs } from '@careerhooks/egress';
import { z } from 'zod';
import { httpUrl, number, reader, type Values } from './forms';
import { SECRETS } from './secrets';

/** Who gets in, and where to: tokens, keys, addresses, proxies. */
export const accessVariables = {
  CAREERHOOKS_ADMIN_TOKEN: SECRETS.adminToken.optional(),
  CAREERHOOKS_MASTER_KEY: z.string().optional(),
  CAREERHOOKS_ALLOW_CIDRS: z.string().default('').transform(reader(parseCidrs)),
  CAREERHOOKS_RATE_LIMIT: number('must be a number of requests a second', {
    min: 0,
    max: 999_999_999,
  }).default(1000),
  TRUST_PROXY: z
    .string()
    .optional()
    .transform((text, context) => readTrustedProxies(text, context)),
  CAREERHOOKS_PUBLIC_URL: httpUrl
    .regex(/^[^?#]*$/, 'must end with the host, the port or the path')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
};

export interface AccessSettings {
  /** Undefined: generated into the data folder on the first start. */
  adminToken: string | undefined;
  /** The current key first, then those that may still open older secrets; empty: generated likewise. */
  masterKeys: string[];
  allowCidrs: string[];
  /** Requests a second of one key; 0 for any number. */
  requestsPerSecond: number;
  /** Proxies before us whose `X-Forwarded-For` is believed: so many hops, or CIDR ranges. */
  trustProxy: number | string[] | false;
  /** Where clients reach the API; undefined: wherever they ask. */
  publicUrl: string | undefined;
}

export function accessSettings(values: Values<typeof accessVariables>): AccessSettings {
  return {
    adminToken: values.CAREERHOOKS_ADMIN_TOKEN,
    masterKeys: values.CAREERHOOKS_MASTER_KEY?.split(',').map((key) => key.trim()) ?? [],
    allowCidrs: values.CAREERHOOKS_ALLOW_CIDRS,
    requestsPerSecond: values.CAREERHOOKS_RATE_LIMIT,
    trustProxy: values.TRUST_PROXY,
    publicUrl: values.CAREERHOOKS_PUBLIC_URL,
  };
}

/** `1`, the hops that are proxies of ours, or their CIDR ranges. */
function readTrustedProxies(
  text: string | undefined,
  context: z.RefinementCtx,
): number | string[] | false {
  if (text === undefined) return false;
  try {
    if (!/^\d+$/.test(text)) return parseCidrs(text);
    const hops = Number(text);
    if (hops >= 1 && hops <= 10) return hops;
  } catch {
    // Neither.
  }
  const message = `must be how many proxies there are, 1 to 10, or their CIDR ranges, not "${text}"`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
