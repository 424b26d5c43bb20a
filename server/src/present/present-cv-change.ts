import type { CvChangeRecord, CvStep } from '@careerhooks/store';
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
    steps: presentSteps(change.steps),
  };
}

const CHANNEL = 'notification.';

/** The steps, of which the channels of the notification are one. */
function presentSteps(steps: readonly CvStep[]): Record<string, unknown>[] {
  const channels = steps.filter(({ step }) => step.startsWith(CHANNEL));
  if (channels.length === 0) return steps.map(presentStep);
  const others = steps.filter(({ step }) => !step.startsWith('notification'));
  return [
    ...others.map(presentStep),
    {
      ...presentStep(sumUp(channels)),
      channels: channels
        .sort((left, right) => (left.step < right.step ? -1 : 1))
        .map((step) => ({ channel: step.step.slice(CHANNEL.length), ...presentOutcome(step) })),
    },
  ];
}

/** The notification as one step: as the channel that is worst off, over the time of all. */
function sumUp(channels: readonly CvStep[]): CvStep {
  const worst = (['retrying', 'failed', 'completed', 'skipped'] as const)
    .flatMap((status) => channels.filter((channel) => channel.status === status))
    .at(0);
  return {
    step: 'notification',
    status: worst?.status ?? 'skipped',
    tries: Math.max(...channels.map(({ tries }) => tries)),
    at: Math.max(...channels.map(({ at }) => at)),
    durationMs: Math.max(...channels.map(({ durationMs }) => durationMs)),
    errorCode: worst?.errorCode ?? null,
    errorMessage: worst?.errorMessage ?? null,
    notes: channels.flatMap(({ notes }) => notes),
  };
}

function presentStep(step: CvStep): Record<string, unknown> {
  return { step: step.step, ...presentOutcome(step), notes: step.notes };
}

function presentOutcome(step: Omit<CvStep, 'step'>): Record<string, unknown> {
  return {
    status: step.status,
    tries: step.tries,
    at: isoTime(step.at),
    duration: seconds(step.durationMs),
    error: step.errorCode === null ? null : { code: step.errorCode, message: step.errorMessage },
  };
}

export function seconds(milliseconds: number): number;
export function seconds(milliseconds: number | null): number | null;
export function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds) / 1_000;
}
