import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { challengeIn, parseBody, toItem } from './read-delivery';
import { secretOf } from './registration';
import { follow, renew } from './renew';
import { signatureFault, WRONG_SIGNATURE } from './verify-signature';

/** When CareerHooks may repeat what came while a registration was renewed, in seconds. */
const REPEAT_AFTER_SECONDS = 2;

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
  if (fault === WRONG_SIGNATURE) return renewOrRefuse(context, now);
  if (fault !== undefined) return refuse(context, 401, fault);

  const body = parseBody(request.body);
  if (body === undefined) return refuse(context, 400, 'The body is not a JSON object.');
  const challenge = challengeIn(body);
  if (challenge !== undefined) return answer(context, 200, { challenge });

  await followIfMoved(context, now);
  const simplify = context.getNodeParameter('simplify', true) as boolean;
  return { workflowData: [[{ json: toItem(received, body, { simplify, receivedAt: now }) }]] };
}

/**
 * Another secret may be the old one, after the credential's token was replaced or CareerHooks restored:
 * the endpoint gets this node's, and what was signed with the other comes again.
 */
async function renewOrRefuse(context: IWebhookFunctions, now: Date): Promise<IWebhookResponseData> {
  try {
    if (!(await renew(context, now.getTime()))) return refuse(context, 401, WRONG_SIGNATURE);
  } catch (error) {
    // Whoever asked may be a stranger: why it failed is for the log alone.
    warnOf(context, error);
  }
  context.getResponseObject().setHeader('Retry-After', String(REPEAT_AFTER_SECONDS));
  return refuse(context, 503, `${WRONG_SIGNATURE} The registration is being renewed.`);
}

/** The event is there already, and does not depend on it. */
async function followIfMoved(context: IWebhookFunctions, now: Date): Promise<void> {
  try {
    await follow(context, now.getTime());
  } catch (error) {
    warnOf(context, error);
  }
}

function warnOf(context: IWebhookFunctions, error: unknown): void {
  context.logger.warn(
    `CareerHooks Trigger could not renew its registration: ${(error as Error).message}`,
  );
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
