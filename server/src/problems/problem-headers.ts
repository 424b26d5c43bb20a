import type { Problem } from './problem';

/** Seconds after which a database, or a product's keys, may answer again. */
const RETRY_AFTER = '5';

/** The headers that go with a problem, in whatever shape it is presented. */
export function problemHeaders({ status }: Problem): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer realm="careerhooks"' };
  if (status === 503) return { 'retry-after': RETRY_AFTER };
  return {};
}
