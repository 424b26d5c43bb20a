import { heartbeat } from '@temporalio/activity';
import {
  expireDelivery,
  purgeCvChanges,
  purgeEndpoints,
  purgeGitHubAnswers,
  purgeLogs,
} from '@careerhooks/store';
import type {
  Activities,
  ChallengeOutcome,
  ChallengeResult,
  PostOutcome,
  PostResult,
} from '@careerhooks/workflows';
import type { Attempts } from './attempts/attempts';
import { LEASE_GRACE_MS } from './attempts/make-attempt';
import type { WorkerContext } from './context';
import type { Bursts } from './dispatch/bursts';
import { carryBurst } from './dispatch/carry-burst';
import { challengeEndpoint } from './verification/challenge-endpoint';

const HEARTBEAT_MS = 2_000;
const PURGE_BATCH = 500;
/** A sync after that reads all of it from GitHub again. */
const GITHUB_ANSWERS_MS = 30 * 24 * 60 * 60_000;
/** Most receivers have answered by then; a workflow task is not to last much longer. */
const ADOPTION_MS = 1_000;

/** Binds the activities to this process. */
export function createActivities(
  context: WorkerContext,
  { attempts, bursts }: { attempts: Attempts; bursts: Bursts },
  settings: { retentionMs: number },
): Activities {
  return {
    sign: (ref) => attempts.sign(ref),
    post: (ref) => withHeartbeat(async () => withWaits(await attempts.post(ref))),
    async adopt(ref) {
      const outcome = await attempts.adopt(ref, ADOPTION_MS);
      return outcome.status === 'under_way' ? outcome : withWaits(outcome);
    },
    carry: (burstId) => carryBurst(bursts, burstId),
    expire: async (deliveryId) => ({ expired: await expireDelivery(context.store, deliveryId) }),
    challenge: async (endpointId) =>
      withWait(await challengeEndpoint(context, endpointId, LEASE_GRACE_MS)),
    purge: () =>
      withHeartbeat(async () => {
        const before = Date.now() - settings.retentionMs;
        let events = 0;
        for (;;) {
          const purged = await purgeLogs(context.store, before, PURGE_BATCH);
          if (purged === 0) break;
          events += purged;
        }
        await purgeCvChanges(context.store, before);
        await purgeGitHubAnswers(context.store, Date.now() - GITHUB_ANSWERS_MS);
        const purged = { events, endpoints: await purgeEndpoints(context.store, before) };
        context.log.info(purged, 'purge');
        return purged;
      }),
  };
}

/** Says how long it is until the times of `outcome`, which this process has by its own clock. */
function withWaits(outcome: PostOutcome): PostResult {
  const { nextAttemptAt, expiresAt } = outcome;
  return {
    ...outcome,
    ...(nextAttemptAt !== undefined && { nextAttemptInMs: nextAttemptAt - Date.now() }),
    ...(expiresAt !== undefined && { expiresInMs: expiresAt - Date.now() }),
  };
}

function withWait(outcome: ChallengeOutcome): ChallengeResult {
  const { nextChallengeAt } = outcome;
  if (nextChallengeAt === undefined) return outcome;
  return { ...outcome, nextChallengeInMs: nextChallengeAt - Date.now() };
}

/** Tells Temporal that this process is alive, so that another is not waited for long should it die. */
async function withHeartbeat<Result>(work: () => Promise<Result>): Promise<Result> {
  const beat = setInterval(() => heartbeat(), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}
