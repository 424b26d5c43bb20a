import type { IExecuteFunctions } from 'n8n-workflow';

/** What CareerHooks knows this execution by: the same for all of its nodes. */
export function claimantOf(context: IExecuteFunctions): string {
  return `n8n execution ${context.getExecutionId()}`;
}
