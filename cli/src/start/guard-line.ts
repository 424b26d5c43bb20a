import type { Settings } from '../settings';

/** What endpoints may be, in one line: a guard that is off must not go unnoticed. */
export function guardLine({
  production,
  allowCidrs,
}: Pick<Settings, 'production' | 'allowCidrs'>): string {
  if (!production) return 'any address, http too (development; NODE_ENV=production guards them)';
  if (allowCidrs.length === 0) return 'https and public addresses only';
  return `https only; public addresses, and ${allowCidrs.join(', ')} (CAREERHOOKS_ALLOW_CIDRS)`;
}
