import { condition, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { Activities, ChallengeOutcome } from './activities';
import { retryNow } from './signals';
import { showStatus } from './status-attribute';

export interface VerificationInput {
  endpointId: string;
  searchAttributes: boolean;
}

const { challenge } = proxyActivities<Activities>({
  startToCloseTimeout: '45s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/**
 * Challenges an endpoint's URL until it answers, or its 24 h are over. The first
 * challenge was made while the endpoint was being registered.
 */
export async function verification(input: VerificationInput): Promise<ChallengeOutcome> {
  let isAsked = false;
  setHandler(retryNow, () => void (isAsked = true));

  for (;;) {
    const outcome = await challenge(input.endpointId);
    showStatus(outcome.status, input.searchAttributes);
    setCurrentDetails(`**${outcome.status}** ${outcome.errorCode ?? ''}`);
    if (outcome.status !== 'pending') return outcome;

    const waitMs = outcome.nextChallengeInMs ?? (outcome.nextChallengeAt ?? 0) - Date.now();
    isAsked = false;
    if (waitMs > 0) await condition(() => isAsked, waitMs, { summary: 'waits to challenge again' });
  }
}
