import { rowsOf } from '../sql';
import type { Store } from '../store';

export interface CvStatsRow {
  action: string;
  section: string;
  total: number;
  completed: number;
  failed: number;
  /** The sum over those that are finished. */
  processingMs: number;
}

/** How many webhooks of each action and section there were, and what came of them. */
export async function cvStats(store: Store): Promise<CvStatsRow[]> {
  const rows = await rowsOf<{
    action: string;
    section: string;
    total: number;
    completed: number;
    failed: number;
    processing_ms: number | string;
  }>(
    store.read,
    `select action, section, count(*) as total,
       count(case when status = 'completed' then 1 end) as completed,
       count(case when status = 'failed' then 1 end) as failed,
       coalesce(sum(processing_ms), 0) as processing_ms
     from cv_changes group by action, section order by action, section`,
  );
  return rows.map(({ processing_ms, ...row }) => ({ ...row, processingMs: Number(processing_ms) }));
}
