import { EgressError, type EgressRequest } from '@careerhooks/egress';
import {
  getEndpoint,
  liveKeys,
  openHeaders,
  recordChallenge,
  sealContext,
} from '@careerhooks/store';
import { challengeBody, challengeHeaders, findSystem } from '@careerhooks/systems';
import type { ChallengeOutcome } from '@careerhooks/workflows';
import type { Endpoint } from '@careerhooks/store';
import type { WorkerContext } from '../context';
import type { Reply } from '../attempts/judge-answer';
import { mergeHeaders } from '../attempts/merge-headers';
import { type ChallengeJudgement, judgeChallenge } from './judge-challenge';

/** Seconds to wait after each try; the last repeats until the 24 h are over. */
const BACKOFF_SECONDS = [5, 15, 60, 300, 900, 1800, 3600];

/**
 * Challenges a pending endpoint's URL once and records what came of it. Where
 * its 24 h are over, the endpoint stays pending and is challenged again only by
 * hand.
 *
 * @param graceMs how long after the next challenge was due the dispatcher waits for
 *   whoever makes it: 0 where nobody does, so that the dispatcher has it made on time.
 */
export async function challengeEndpoint(
  context: WorkerContext,
  endpointId: string,
  graceMs: number,
): Promise<ChallengeOutcome> {
  const endpoint = await getEndpoint(context.store, endpointId, {}, context.store.write);
  if (endpoint?.status !== 'pending' || endpoint.challengeSealed === null)
    return { status: 'ended' };

  const { error, ...answer } = await challenge(context, endpoint, endpoint.challengeSealed);
  const tries = endpoint.verificationAttempts;
  const waitMs = 1000 * (BACKOFF_SECONDS[Math.min(tries, BACKOFF_SECONDS.length - 1)] ?? 3600);
  const nextChallengeAt = Date.now() + waitMs;
  const expired = nextChallengeAt >= (endpoint.verificationDeadline ?? 0);
  const recorded = await recordChallenge(context.store, endpoint, {
    error,
    ...answer,
    leaseUntil: expired ? null : nextChallengeAt + graceMs,
  });
  context.log.info(
    {
      endpoint: endpointId,
      verified: error === null,
      statusCode: answer.statusCode,
      errorCode: error?.code,
    },
    'challenge',
  );
  if (recorded === undefined) return { status: 'ended' };
  if (error === null) return { status: 'verified' };
  return expired
    ? { status: 'expired', errorCode: error.code }
    : { status: 'pending', errorCode: error.code, nextChallengeAt };
}

async function challenge(
  context: WorkerContext,
  endpoint: Endpoint,
  challengeSealed: string,
): Promise<ChallengeJudgement> {
  const system = findSystem(endpoint.system);
  if (system === undefined) throw new Error(`There is no system ${endpoint.system}.`);
  const text = context.store.sealer.open(challengeSealed, sealContext(endpoint.id, 'challenge'));
  const body = challengeBody(text);
  const headers = challengeHeaders({
    system,
    endpointId: endpoint.id,
    body,
    timestamp: Math.floor(Date.now() / 1000),
    keys: await liveKeys(context.store, endpoint.id, context.store.write),
  });
  const request: EgressRequest = {
    method: 'POST',
    url: endpoint.url,
    headers: mergeHeaders(openHeaders(context.store.sealer, endpoint), headers),
    body,
    timeoutMs: Math.min(endpoint.timeoutMs ?? system.timeoutMs, LONGEST_CHALLENGE_MS),
  };
  return judgeChallenge(text, await send(context, request));
}

/** Whoever registers waits for the answer to the first challenge; to echo takes no longer, in milliseconds. */
const LONGEST_CHALLENGE_MS = 30_000;

async function send(context: WorkerContext, request: EgressRequest): Promise<Reply> {
  try {
    return { answer: await context.egress.request(request) };
  } catch (error) {
    if (error instanceof EgressError) return { error };
    throw error;
  }
}
