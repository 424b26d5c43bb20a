import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from './activities';

const activities = proxyActivities<Activities>({
  startToCloseTimeout: '1h',
  heartbeatTimeout: '1m',
});

/** Deletes logs that are older than their retention; run daily by a schedule. */
export async function purge(): Promise<{ events: number; endpoints: number }> {
  return activities.purge();
}
