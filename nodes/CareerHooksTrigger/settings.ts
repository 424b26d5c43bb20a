import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { namesIn } from '../options/names';

/** What an endpoint of CareerHooks says of itself, as far as a trigger decides it. */
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

/** The settings as the node's fields have them. */
export function readSettings(context: IHookFunctions): { owner: Owner; settings: Settings } {
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
      timeout_seconds: (options.timeout as number | undefined) ?? null,
      max_retries: (options.maxRetries as number | undefined) ?? null,
    },
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

/** What operators read in CareerHooks: which workflow it is, and whether it is only a test. */
function describe(context: IHookFunctions, given: string): string {
  const { name } = context.getWorkflow();
  const test = context.getMode() === 'manual' ? ' (test)' : '';
  const line = given === '' ? `n8n: ${name ?? 'workflow'}, ${context.getNode().name}` : given;
  const clean = line.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim();
  return Array.from(clean).slice(0, 240).join('') + test;
}
