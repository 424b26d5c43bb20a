import { type INode, NodeOperationError } from 'n8n-workflow';

/**
 * All that an error says, in one text: what happened, and what to do about it. n8n keeps the second
 * in an error's description, which it shows only beside a node that runs.
 */
export function wholeMessage(error: unknown): string {
  const { message, description } = error as { message: string; description?: unknown };
  const lines = [message, ...(typeof description === 'string' ? description.split('\n') : [])];
  const told = lines.map((line) => line.trim()).filter((line) => line !== '');
  return [...new Set(told)].map(asSentence).join(' ');
}

/**
 * Does the work of a hook, whose errors say in their message all that they have to say: of those n8n
 * shows nothing else.
 */
export async function tellingAll<Result>(
  context: { getNode(): INode },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const message = wholeMessage(error);
    const whole = new NodeOperationError(context.getNode(), message);
    // n8n puts general words in the place of a message that has an error's code in it.
    whole.message = message;
    throw whole;
  }
}

/** The same for a method that loads a list to choose from. */
export function inOneMessage<Context extends { getNode(): INode }, Given extends unknown[], Result>(
  load: (this: Context, ...given: Given) => Promise<Result>,
): (this: Context, ...given: Given) => Promise<Result> {
  return function (this: Context, ...given: Given): Promise<Result> {
    return tellingAll(this, () => load.apply(this, given));
  };
}

function asSentence(text: string): string {
  return /[.!?:…]$/.test(text) ? text : `${text}.`;
}
