import type { Endpoint, EndpointKeys } from '@careerhooks/store';
import { publicKeyOf } from '@careerhooks/systems';
import type { z } from 'zod';
import type { endpointOut } from '../schemas/endpoint';
import { presentDestination } from './present-destination';
import { isoTime } from './times';
import { warningsOf } from './warn-of-endpoint';

export function presentEndpoint(endpoint: Endpoint): z.output<typeof endpointOut> {
  return {
    id: endpoint.id,
    system: endpoint.system,
    user: endpoint.user,
    url: endpoint.url,
    events: endpoint.events,
    description: endpoint.description,
    status: endpoint.status,
    status_reason: reasonOf(endpoint),
    schedule: endpoint.schedule,
    timeout_seconds: endpoint.timeoutMs === null ? null : endpoint.timeoutMs / 1000,
    max_retries: endpoint.maxRetries,
    ordered: endpoint.ordered,
    rate_limit: endpoint.ratePerSecond,
    failing_since: isoTime(endpoint.failingSince),
    identity: endpoint.identity,
    registered_by:
      endpoint.registeredBy === null
        ? null
        : { ...endpoint.registeredBy, key_id: endpoint.registeredKey },
    confirmed_at: isoTime(endpoint.confirmedAt),
    ends_at: isoTime(endpoint.endsAt),
    warnings: warningsOf(endpoint, Date.now()),
    ...presentDestination(endpoint),
    verification:
      endpoint.challengeSealed === null
        ? null
        : {
            tries: endpoint.verificationAttempts,
            last_error: endpoint.verificationErrorMessage ?? endpoint.verificationError,
            last_error_code: endpoint.verificationError,
            last_status_code: endpoint.verificationStatusCode,
            last_answer_excerpt: endpoint.verificationAnswerExcerpt,
            verified_at: isoTime(endpoint.verifiedAt),
            gives_up_at: isoTime(endpoint.verificationDeadline),
          },
    created_at: isoTime(endpoint.createdAt),
    updated_at: isoTime(endpoint.updatedAt),
  };
}

function reasonOf({ status, statusReason, endsAt }: Endpoint): string | null {
  if (status !== 'detached') return statusReason;
  return `Its owner took it back. What comes is held until ${isoTime(endsAt)}, and is cancelled then unless it is registered again or resumed.`;
}

/** Only for answers to those who may rotate them anyway. */
export function presentKeys(keys: EndpointKeys): {
  secret: string;
  signing_key: string;
  public_key?: string;
} {
  return {
    secret: keys.secret,
    signing_key: keys.signingKey,
    ...(keys.privateKey !== undefined && { public_key: publicKeyOf(keys.privateKey) }),
  };
}
