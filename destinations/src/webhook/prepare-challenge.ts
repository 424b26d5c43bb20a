import { challengeBody, challengeHeaders } from '@careerhooks/systems';
import type { ChallengeToSend, Target } from '../destination';
import { mergeHeaders } from './merge-headers';
import type { HttpRequest } from './send-request';
import type { ExtraHeaders } from './settings';

/** A challenge, signed as deliveries are. */
export function prepareChallenge(
  { url, settings, timeoutMs }: Target<ExtraHeaders>,
  { text, ...facts }: ChallengeToSend,
): HttpRequest {
  const body = challengeBody(text);
  return {
    url,
    headers: mergeHeaders(settings, challengeHeaders({ ...facts, body })),
    body,
    timeoutMs,
  };
}
