import { setTimeout as sleep } from 'node:timers/promises';
import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { BurstOutcome } from '@careerhooks/workflows';
import type { Bursts } from './bursts';

const LOOK_EVERY_MS = 500;
/**
 * Another process may get the task first, of several most likely so; after so many tries, in about a
 * minute, whoever has the burst is gone.
 */
const TRIES = 30;

/**
 * Waits until a burst of this process has made all its attempts, and tells how
 * far it is meanwhile. Where the burst is not here, its process gets another
 * chance to take the task; then it is taken for gone. The leases of what it had
 * not made run out by themselves.
 */
export async function carryBurst(bursts: Bursts, burstId: string): Promise<BurstOutcome> {
  for (;;) {
    const seen = bursts.look(burstId);
    if (seen === undefined) return interruptedAt(lastHeartbeat());
    if (seen.done) {
      bursts.forget(burstId);
      return seen.outcome;
    }
    heartbeat(seen.outcome);
    await sleep(LOOK_EVERY_MS, undefined, { signal: cancellationSignal() });
  }
}

function interruptedAt(last: BurstOutcome | undefined): BurstOutcome {
  if (last === undefined && activityInfo().attempt < TRIES) {
    throw ApplicationFailure.create({
      type: 'not_here',
      message: 'Another process makes the attempts of this burst.',
    });
  }
  return { ...(last ?? { deliveries: 0, endpoints: [], moreEndpoints: 0 }), interrupted: true };
}

function lastHeartbeat(): BurstOutcome | undefined {
  return activityInfo().heartbeatDetails as BurstOutcome | undefined;
}
