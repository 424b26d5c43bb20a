import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { challengeIn, parseBody, toItem } from './read-delivery';
import { secretOf } from './registration';
import { signatureFault } from './verify-signature';

/**
 * Takes a request to the webhook. Nothing unsigned gets past it: neither an execution nor the
 * answer to a challenge, which would register this URL for a stranger.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  const request = {
    headers: context.getHeaderData(),
    // n8n keeps the bytes beside what it parsed of them.
    body: (context.getRequestObject() as unknown as { rawBody?: Buffer }).rawBody,
  };
  const now = new Date();
  if (!Buffer.isBuffer(request.body)) return refuse(context, 400, 'The request has no body.');
  const received = { headers: request.headers, body: request.body };

  const fault = signatureFault(received, await secretOf(context), Math.floor(now.getTime() / 1000));
  if (fault !== undefined) return refuse(context, 401, fault);

  const body = parseBody(request.body);
  if (body === undefined) return refuse(context, 400, 'The body is not a JSON object.');
  const challenge = challengeIn(body);
  if (challenge !== undefined) return answer(context, 200, { challenge });

  const simplify = context.getNodeParameter('simplify', true) as boolean;
  return { workflowData: [[{ json: toItem(received, body, { simplify, receivedAt: now }) }]] };
}

function refuse(context: IWebhookFunctions, status: number, error: string): IWebhookResponseData {
  context.logger.warn(`CareerHooks Trigger refused a request: ${error}`);
  return answer(context, status, { error });
}

function answer(
  context: IWebhookFunctions,
  status: number,
  json: Record<string, string>,
): IWebhookResponseData {
  context.getResponseObject().status(status).json(json);
  return { noWebhookResponse: true };
}
