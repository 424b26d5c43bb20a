import { encodeBody, requestHeaders } from '@careerhooks/systems';
import type { AttemptToSend, Target } from '../destination';
import { mergeHeaders } from './merge-headers';
import type { HttpRequest } from './send-request';
import type { ExtraHeaders } from './settings';

/** The same body on every attempt, a timestamp and signatures of now. */
export function prepareRequest(
  { url, settings, timeoutMs }: Target<ExtraHeaders>,
  attempt: AttemptToSend,
): HttpRequest {
  const body = encodeBody(attempt.system, attempt.event, attempt.delivery);
  const headers = mergeHeaders(settings, requestHeaders({ ...attempt, body }));
  return { url, headers, body, timeoutMs };
}
