import type { IDataObject } from 'n8n-workflow';
import { oneLine } from '../api/one-line';
import type { TriggerContext } from './trigger-context';

/** What the list of endpoints says of who registered one: this n8n, and where people find the workflow. */
export function describeRegistrant(context: TriggerContext): IDataObject {
  const { id, name } = context.getWorkflow();
  const base = context.getInstanceBaseUrl().replace(/\/*$/, '');
  return {
    client: 'n8n',
    instance: context.getInstanceId(),
    label: oneLine(`${name ?? 'workflow'}, ${context.getNode().name}`, 240),
    url: oneLine(`${base}/workflow/${encodeURIComponent(String(id))}`, 2000),
  };
}
