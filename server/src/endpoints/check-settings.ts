import { destinationOf } from '@careerhooks/destinations';
import type { Endpoint, EndpointSettings } from '@careerhooks/store';
import { type System, unknownPatterns } from '@careerhooks/systems';
import type { ServerContext } from '../context';
import { Problem } from '../problems/problem';

/** Settings to check, with the URL where one is set. */
type GivenSettings = EndpointSettings & { url?: string };

/** What an endpoint has already, where it is one that changes. */
type Current = Pick<Endpoint, 'url' | 'schedule' | 'timeoutMs' | 'maxRetries'>;

/**
 * Checks an endpoint's settings against its system, its destination and the egress policy,
 * and gives them as the store takes them. Throws Problem `invalid_request`,
 * `unknown_event_type`, and EgressError for what its destination refuses.
 */
export function checkSettings(
  context: ServerContext,
  system: System,
  given: GivenSettings,
  current?: Current,
): EndpointSettings {
  if (given.url !== undefined) {
    destinationOf(given.url).checkUrl(given.url, context.egressPolicy);
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
  if ((given.schedule ?? current?.schedule) !== 'extended') checkDocumented(system, given, current);
  const url = given.url ?? current?.url;
  if (url !== undefined && given.destinationSettings !== undefined) {
    destinationOf(url).checkSettings(given.destinationSettings);
  }
  return {
    events: given.events,
    description: given.description,
    schedule: given.schedule,
    timeoutMs: given.timeoutMs,
    maxRetries: given.maxRetries,
    ordered: given.ordered,
    ratePerSecond: given.ratePerSecond,
    destinationSettings: given.destinationSettings,
  };
}

/**
 * By the system's own schedule, its document's limits hold: for what is given, and for what is there
 * where an endpoint goes back to that schedule.
 */
function checkDocumented(system: System, given: GivenSettings, current?: Current): void {
  const had = given.schedule === undefined ? undefined : current;
  const timeout = given.timeoutMs === undefined ? had?.timeoutMs : given.timeoutMs;
  const retries = given.maxRetries === undefined ? had?.maxRetries : given.maxRetries;
  const { maxTimeoutSeconds, maxRetries } = system.limits;
  atMost('timeout_seconds', seconds(timeout), maxTimeoutSeconds, 'seconds', EXTENDED);
  atMost('max_retries', retries, maxRetries, 'retries', EXTENDED);
}

const EXTENDED = ' by its own schedule; the schedule "extended" lets it be more';

function seconds(ms: number | null | undefined): number | null {
  return ms == null ? null : ms / 1000;
}

function atMost(
  path: string,
  value: number | null | undefined,
  limit: number,
  unit: string,
  unless = '',
): void {
  if (value == null || value <= limit) return;
  const message = `must be at most ${limit} ${unit} for this system${unless}`;
  throw new Problem('invalid_request', `${path} ${message}.`, [{ path, message }]);
}
