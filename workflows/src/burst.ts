import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities, BurstOutcome } from './activities';
import { showStatus } from './status-attribute';

/** What a burst is started with. */
export interface BurstInput {
  burstId: string;
  searchAttributes: boolean;
}

/**
 * It lasts a few seconds, and as long as its slowest attempt (30 s at most); while
 * Temporal is away, until it is back. A process that dies shows itself by the
 * missing heartbeat; another finds nothing of the burst, and says so.
 */
const { carry } = proxyActivities<Activities>({
  startToCloseTimeout: '2h',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '200ms', maximumInterval: '2s' },
});

/**
 * The first attempts of a few seconds in which deliveries came too fast for a
 * workflow each. Those that did not succeed go on in their own workflows.
 */
export async function burst(input: BurstInput): Promise<BurstOutcome> {
  const outcome = await carry.executeWithOptions({ summary: 'makes first attempts' }, [
    input.burstId,
  ]);
  showStatus(outcome.interrupted === true ? 'interrupted' : 'done', input.searchAttributes);
  setCurrentDetails(describe(outcome));
  return outcome;
}

/** A table for the Temporal UI, which shows Markdown. */
function describe(outcome: BurstOutcome): string {
  const rows = outcome.endpoints.map(
    ({ endpoint, delivered, retrying, ended }) =>
      `| ${endpoint} | ${delivered} | ${retrying} | ${ended} |`,
  );
  const more =
    outcome.moreEndpoints > 0 ? [`and ${outcome.moreEndpoints} endpoints with fewer`] : [];
  const interrupted =
    outcome.interrupted === true
      ? ['The process that made them ended. What it had not made was taken up by others.']
      : [];
  return [
    `**${outcome.deliveries} deliveries** at their first attempt`,
    [
      '| endpoint | delivered | retrying | failed or held |',
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
    ...more,
    ...interrupted,
  ].join('\n\n');
}
