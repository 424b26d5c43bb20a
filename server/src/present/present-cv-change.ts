import type { CvChangeRecord } from '@careerhooks/store';
import { isoTime } from './times';

/** A change of the CV with its steps; times in seconds, as the CV Website's document counts them. */
export function presentCvChange(change: CvChangeRecord): Record<string, unknown> {
  return {
    id: change.id,
    action: change.action,
    section: change.section,
    status: change.status,
    received_at: isoTime(change.receivedAt),
    finished_at: isoTime(change.finishedAt),
    processing_time: seconds(change.processingMs),
    error:
      change.errorCode === null ? null : { code: change.errorCode, message: change.errorMessage },
    steps: change.steps.map((step) => ({
      step: step.step,
      status: step.status,
      tries: step.tries,
      at: isoTime(step.at),
      duration: seconds(step.durationMs),
      error: step.errorCode === null ? null : { code: step.errorCode, message: step.errorMessage },
    })),
  };
}

export function seconds(milliseconds: number): number;
export function seconds(milliseconds: number | null): number | null;
export function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds) / 1_000;
}
