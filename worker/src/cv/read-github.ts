import { activityInfo, heartbeat } from '@temporalio/activity';
import { readSyncRequest, type SyncedGitHub, syncGitHub } from '@careerhooks/cv';
import type { EgressClient } from '@careerhooks/egress';
import type { Store } from '@careerhooks/store';
import { keepInStore } from './kept-answers';

/** Well within the activity's heartbeatTimeout: where a worker dies, another goes on soon. */
const HEARTBEAT_MS = 10_000;

/**
 * Reads what a `sync` asked for. What earlier tries of the same activity have read is not read again.
 *
 * @param data the change's, as JSON text
 */
export function readGitHub(
  context: { store: Store; egress: EgressClient },
  services: { githubUrl: string; githubToken?: string | undefined },
  data: string,
): Promise<SyncedGitHub> {
  const { scheduledTimestampMs, attempt } = activityInfo();
  const alive = setInterval(heartbeat, HEARTBEAT_MS);
  const synced = syncGitHub({
    ...readSyncRequest(JSON.parse(data)),
    baseUrl: services.githubUrl,
    token: services.githubToken,
    egress: context.egress,
    answers: keepInStore(context.store, services),
    since: scheduledTimestampMs,
    attempt,
  });
  return synced.finally(() => clearInterval(alive));
}
