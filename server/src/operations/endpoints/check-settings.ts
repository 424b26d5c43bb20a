import { checkHeaders, checkUrl } from '@careerhooks/egress';
import type { EndpointSettings } from '@careerhooks/store';
import { type System, unknownPatterns } from '@careerhooks/systems';
import type { ServerContext } from '../../context';
import { Problem } from '../../problems/problem';

/** An endpoint's settings as requests name them. */
interface GivenSettings {
  url?: string | undefined;
  events?: string[] | undefined;
  description?: string | null | undefined;
  schedule?: 'system' | 'extended' | undefined;
  timeout_seconds?: number | null | undefined;
  max_retries?: number | null | undefined;
  ordered?: boolean | undefined;
  rate_limit?: number | null | undefined;
  headers?: Record<string, string> | undefined;
}

/**
 * Checks an endpoint's settings against its system and the egress policy, and
 * gives them as the store takes them. Throws Problem `invalid_request`,
 * `unknown_event_type`, and EgressError for the URL and the headers.
 */
export function checkSettings(
  context: ServerContext,
  system: System,
  given: GivenSettings,
): EndpointSettings {
  if (given.url !== undefined) {
    checkUrl(given.url, context.egressPolicy);
    atMost('url', given.url.length, system.limits.maxUrlLength, 'characters');
  }
  const unknown = unknownPatterns(system, given.events ?? []);
  if (unknown.length > 0) {
    throw new Problem(
      'unknown_event_type',
      `${system.name} has no event types that match ${unknown.join(', ')}. GET /v1/systems lists them.`,
      unknown.map((pattern) => ({ path: 'events', message: `Nothing matches ${pattern}` })),
    );
  }
  atMost('timeout_seconds', given.timeout_seconds, system.limits.maxTimeoutSeconds, 'seconds');
  if (given.schedule !== 'extended') {
    atMost('max_retries', given.max_retries, system.limits.maxRetries, 'retries');
  }
  if (given.headers !== undefined) checkHeaders(given.headers);
  return {
    events: given.events,
    description: given.description,
    schedule: given.schedule,
    timeoutMs: given.timeout_seconds == null ? given.timeout_seconds : given.timeout_seconds * 1000,
    maxRetries: given.max_retries,
    ordered: given.ordered,
    ratePerSecond: given.rate_limit,
    headers: given.headers,
  };
}

function atMost(path: string, value: number | null | undefined, limit: number, unit: string): void {
  if (value == null || value <= limit) return;
  throw new Problem('invalid_request', `${path}: at most ${limit} ${unit} for this system.`, [
    { path, message: `At most ${limit} ${unit} for this system` },
  ]);
}
