type CvChangeStatus = 'processing' | 'completed' | 'failed';

/** Of the notification, one channel, which is told by itself. */
export type CvChannelStep = `notification.${string}`;

/**
 * What a change consists of, in this order; `database` is the change of the CV itself. `notification`
 * is a row of its own only where there is no channel, and in changes from before each had its own.
 */
export type CvStepName = 'database' | 'github' | 'pdf' | 'notification' | CvChannelStep;

export type CvStepStatus = 'completed' | 'retrying' | 'failed' | 'skipped';

export interface CvStep {
  step: CvStepName;
  status: CvStepStatus;
  tries: number;
  at: number;
  /** Milliseconds that the last try took. */
  durationMs: number;
  errorCode: string | null;
  errorMessage: string | null;
  /** What it could not do all of, for people to read. */
  notes: string[];
}

/** One webhook (or restoration) in the history. Times are Unix milliseconds. */
export interface CvChangeRecord {
  id: string;
  action: string;
  section: string;
  /** JSON text, as it came. */
  data: string;
  status: CvChangeStatus;
  receivedAt: number;
  finishedAt: number | null;
  /** Milliseconds from its receipt to the end of its last step. */
  processingMs: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  steps: CvStep[];
}

/** An event that is published together with what it tells of. */
export interface CvEvent {
  type: string;
  data: Record<string, unknown>;
}

export interface CvChangeRow {
  id: string;
  action: string;
  section: string;
  data: string;
  status: CvChangeStatus;
  received_at: number;
  finished_at: number | null;
  processing_ms: number | null;
  error_code: string | null;
  error_message: string | null;
}

export interface CvStepRow {
  change_id: string;
  step: CvStepName;
  status: CvStepStatus;
  tries: number;
  at: number;
  duration_ms: number;
  error_code: string | null;
  error_message: string | null;
  /** JSON list; null for none. */
  notes: string | null;
}

export function toCvChange(row: CvChangeRow, steps: readonly CvStepRow[]): CvChangeRecord {
  return {
    id: row.id,
    action: row.action,
    section: row.section,
    data: row.data,
    status: row.status,
    receivedAt: row.received_at,
    finishedAt: row.finished_at,
    processingMs: row.processing_ms,
    errorCode: row.error_code,
    errorMessage: row.error_message,
    steps: steps
      .filter(({ change_id }) => change_id === row.id)
      .map((step) => ({
        step: step.step,
        status: step.status,
        tries: step.tries,
        at: step.at,
        durationMs: step.duration_ms,
        errorCode: step.error_code,
        errorMessage: step.error_message,
        notes: step.notes === null ? [] : (JSON.parse(step.notes) as string[]),
      })),
  };
}
