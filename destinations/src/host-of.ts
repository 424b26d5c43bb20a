import { parseUrl } from '@careerhooks/egress';

/**
 * As much of an endpoint's URL as logs, summaries and warnings show, since receivers put secrets into
 * paths and queries: its host, with a port that is not the scheme's own; its scheme where it has none.
 */
export function hostOf(url: string): string {
  const parsed = parseUrl(url);
  return parsed === undefined ? '' : parsed.host || parsed.protocol;
}
