import type { IHookFunctions } from 'n8n-workflow';

/** What names a trigger to CareerHooks: this n8n, the workflow and the node, whatever its URL. */
type Place = Pick<IHookFunctions, 'getInstanceId' | 'getNode' | 'getWorkflow'>;

/**
 * The identity that a trigger registers under. A copy of the workflow in another n8n has another one,
 * and so has the registration for a test, which comes and goes beside the published one.
 */
export function identityOf(context: Place, kind: 'production' | 'test'): string {
  const place = [context.getInstanceId(), String(context.getWorkflow().id), context.getNode().id];
  return ['n8n', ...place, ...(kind === 'test' ? ['test'] : [])].join('/');
}
