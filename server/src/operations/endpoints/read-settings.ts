import type { EndpointSettings } from '@careerhooks/store';
import type { z } from 'zod';
import type { endpointPatch } from '../../schemas/endpoint';
import { ownSettings } from './own-settings';

/**
 * The settings that a request names, as the store has them. Throws what `ownSettings` does.
 *
 * @param currentUrl where the endpoint is that the request changes; undefined where it registers one.
 */
export function readSettings(
  body: z.output<typeof endpointPatch>,
  currentUrl: string | undefined,
): EndpointSettings {
  return {
    events: body.events,
    description: body.description,
    schedule: body.schedule,
    timeoutMs: body.timeout_seconds && body.timeout_seconds * 1000,
    maxRetries: body.max_retries,
    ordered: body.ordered,
    ratePerSecond: body.rate_limit,
    destinationSettings: ownSettings(body, currentUrl),
  };
}
