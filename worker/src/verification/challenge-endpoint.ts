import { destinationOf } from '@careerhooks/destinations';
import {
  type ChallengeResult,
  type Endpoint,
  getEndpoint,
  liveKeys,
  openChallenge,
  openSettings,
  recordChallenge,
} from '@careerhooks/store';
import { findSystem } from '@careerhooks/systems';
import type { ChallengeOutcome } from '@careerhooks/workflows';
import { excerpt } from '../attempts/excerpt';
import type { WorkerContext } from '../context';

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
  const endpoint = await getEndpoint(context.store, endpointId);
  if (endpoint?.status !== 'pending' || endpoint.challengeSealed === null)
    return { status: 'ended' };

  const result = await challenge(context, endpoint);
  if (result === undefined) return { status: 'ended' };
  const { error } = result;
  const tries = endpoint.verificationAttempts;
  const waitMs = 1000 * (BACKOFF_SECONDS[Math.min(tries, BACKOFF_SECONDS.length - 1)] ?? 3600);
  const nextChallengeAt = Date.now() + waitMs;
  const expired = nextChallengeAt >= (endpoint.verificationDeadline ?? 0);
  const recorded = await recordChallenge(context.store, endpoint, {
    ...result,
    leaseUntil: expired ? null : nextChallengeAt + graceMs,
  });
  context.log.info(
    {
      endpoint: endpointId,
      verified: error === null,
      statusCode: result.statusCode,
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

/** Undefined where the endpoint's destination knows no challenges. */
async function challenge(
  context: WorkerContext,
  endpoint: Endpoint,
): Promise<Omit<ChallengeResult, 'leaseUntil'> | undefined> {
  const system = findSystem(endpoint.system);
  if (system === undefined) throw new Error(`There is no system ${endpoint.system}.`);
  const destination = destinationOf(endpoint.url);
  const { challenges } = destination;
  if (challenges === undefined) return undefined;
  const text = openChallenge(context.store.sealer, endpoint);
  const request = challenges.prepare(
    {
      url: endpoint.url,
      settings: openSettings(context.store.sealer, endpoint),
      timeoutMs: Math.min(endpoint.timeoutMs ?? system.timeoutMs, LONGEST_CHALLENGE_MS),
    },
    {
      system,
      endpointId: endpoint.id,
      text,
      timestamp: Math.floor(Date.now() / 1000),
      keys: await liveKeys(context.store, endpoint.id),
    },
  );
  const reply = await destination.send(request, context.egress);
  const { error, answer } = challenges.judge(text, reply);
  return {
    error,
    statusCode: reply.statusCode,
    answerExcerpt: answer === null ? null : excerpt(Buffer.from(answer)),
  };
}

/** Whoever registers waits for the answer to the first challenge; to echo takes no longer, in milliseconds. */
const LONGEST_CHALLENGE_MS = 30_000;
