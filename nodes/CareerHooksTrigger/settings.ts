import type { IDataObject } from 'n8n-workflow';
import { namesIn } from '../options/names';
import { oneLine } from '../api/one-line';
import type { TriggerContext } from './trigger-context';

/** What a trigger decides of its endpoint. */
export interface Settings {
  events: string[];
  description: string;
  schedule: string;
  ordered: boolean;
  timeout_seconds: number | null;
  max_retries: number | null;
}

/** An endpoint's owner; undefined where the token decides. */
export interface Owner {
  system?: string;
  user?: string;
}

/** How long the answer of a workflow may take, in seconds: as long as CareerHooks lets it. */
const WORKFLOW_TIMEOUT_SECONDS = 120;

/** How long what comes is held after a workflow was unpublished, in minutes. */
const HOLD_MINUTES = 15;

/** The most that CareerHooks holds it, in seconds. */
const MOST_HOLD_SECONDS = 86_400;

/**
 * What is otherwise of an endpoint for a test: n8n listens for two minutes, for one event, and tells
 * nobody when it stops in between.
 */
export const TEST_SETTINGS = { lifetime_seconds: 180, max_retries: 0 };

/** The settings as the node's fields have them. */
export function readSettings(context: TriggerContext): {
  owner: Owner;
  settings: Settings;
  /** How long an endpoint that is taken back holds what comes; 0: it does not. */
  holdSeconds: number;
} {
  const options = context.getNodeParameter('options', {}) as IDataObject;
  const system = context.getNodeParameter('system', '') as string;
  const user = (options.user ?? '') as string;
  return {
    owner: { ...(system !== '' && { system }), ...(user !== '' && { user }) },
    settings: {
      events: namesIn(context.getNodeParameter('events')),
      description: describe(context, (options.description ?? '') as string),
      schedule: context.getNodeParameter('schedule') as string,
      ordered: options.ordered === true,
      timeout_seconds: timeoutOf(context, options),
      max_retries: options.maxRetries === undefined ? null : numberOf(options.maxRetries),
    },
    holdSeconds: holdSecondsOf(options.holdMinutes),
  };
}

/** Whether an endpoint is as the fields want it. The order of its events means nothing. */
export function sameSettings(endpoint: Settings, wanted: Settings): boolean {
  return fingerprint(endpoint) === fingerprint(wanted);
}

function fingerprint(settings: Settings): string {
  return JSON.stringify([
    [...new Set(settings.events)].sort(),
    settings.description,
    settings.schedule,
    settings.ordered,
    settings.timeout_seconds,
    settings.max_retries,
  ]);
}

/** An expression may give anything; what is taken back must not stay for that. */
function holdSecondsOf(minutes: unknown): number {
  const seconds = Math.round(Number(minutes ?? HOLD_MINUTES) * 60);
  if (!Number.isFinite(seconds)) return HOLD_MINUTES * 60;
  return Math.min(Math.max(seconds, 0), MOST_HOLD_SECONDS);
}

/** Expressions give numbers as text, too. What is no number goes out as it is: CareerHooks refuses it. */
function numberOf(value: unknown): number {
  const isNumber = typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value));
  return isNumber ? Number(value) : (value as number);
}

/** A workflow that answers when it has succeeded gets the time for that, where the schedule lets it. */
function timeoutOf(context: TriggerContext, options: IDataObject): number | null {
  if (options.timeout !== undefined) return numberOf(options.timeout);
  const isSlow =
    context.getNodeParameter('acknowledge', 'lastNode') === 'lastNode' &&
    context.getNodeParameter('schedule') === 'extended';
  return isSlow ? WORKFLOW_TIMEOUT_SECONDS : null;
}

/** What operators read in CareerHooks: which workflow it is, and whether it is only a test. */
function describe(context: TriggerContext, given: string): string {
  const { name } = context.getWorkflow();
  const test = context.getMode() === 'manual' ? ' (test)' : '';
  const line = given === '' ? `n8n: ${name ?? 'workflow'}, ${context.getNode().name}` : given;
  return oneLine(line, 240) + test;
}
