import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** What an endpoint's deliveries are signed with. */
const SECRETS = ['secret', 'signing_key'];

/**
 * An answer with an endpoint's secrets, or without them where a model might read it: a model's words
 * go to its provider, into chats and into logs.
 */
export function withSecrets(context: IExecuteFunctions, answer: IDataObject): IDataObject {
  if (isPlainNode(context)) return answer;
  return Object.fromEntries(Object.entries(answer).filter(([name]) => !SECRETS.includes(name)));
}

/**
 * Whether this is certainly a node of a workflow and no tool. n8n gives a tool's node a type of its
 * own (`careerHooksTool`), runs some tools as such, and others outside any workflow, in the mode
 * `internal`, in which no workflow runs.
 */
export function isPlainNode(context: IExecuteFunctions): boolean {
  return (
    /(?:^|\.)careerHooks$/.test(context.getNode().type) &&
    context.getMode() !== 'internal' &&
    !context.isToolExecution()
  );
}
