import { hostOf } from '@careerhooks/destinations';
import type { Endpoint } from '@careerhooks/store';
import type { z } from 'zod';
import type { endpointWarning } from '../schemas/endpoint';
import { isoTime } from './times';

type Warning = z.output<typeof endpointWarning>;

/** How long an endpoint may fail before its owner is to look, in milliseconds. */
const FAILING_FOR_LONG_MS = 60 * 60 * 1000;

/** What suggests that nobody looks after an endpoint any more, for people. */
export function warningsOf(endpoint: Endpoint, now: number): Warning[] {
  const { keyRevokedAt, failingSince } = endpoint;
  const warnings: Warning[] = [];
  if (keyRevokedAt !== null) {
    warnings.push({
      code: 'key_revoked',
      message: `The key that registered it was revoked at ${isoTime(keyRevokedAt)}, and it gets events all the same. Delete it, or register it again with another key.`,
    });
  }
  if (failingSince !== null && now - failingSince >= FAILING_FOR_LONG_MS) {
    warnings.push({
      code: 'failing_for_long',
      message: `Nothing has arrived since ${isoTime(failingSince)}. If ${receiverOf(endpoint)} is no more, delete the endpoint.`,
    });
  }
  return warnings;
}

function receiverOf({ registeredBy, url }: Endpoint): string {
  if (registeredBy?.label === undefined) return `the receiver at ${hostOf(url)}`;
  return `${registeredBy.client}'s "${registeredBy.label}"`;
}
