import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { ServerContext } from '../../context';
import { checkJson } from '../../limits/check-json';
import { authorizeWebhook } from './authorize';
import { commitWebhook } from './commit-webhook';
import { createDebugLog, type DebugLog } from './debug-log';
import { type WebhookBody, webhookBody } from './webhook-body';
import { WebhookError } from './webhook-error';

/** `data` may be anything here: the section's schema judges it. */
const webhook = z.object({ action: z.string(), section: z.string(), data: z.unknown().optional() });

/**
 * `POST /api/webhook/cv`. A 200 means that the change, its backup, its row in the history and its
 * event are committed; the PDF and the notification follow.
 */
export function receiveWebhook(context: ServerContext): RequestHandler {
  const debug = createDebugLog(context.log, context.cv.debug);
  return async (request, response) => {
    const receivedAt = Date.now();
    const body = webhookBody(request);
    const signature = await verify(context, request, body, debug);
    const { action, section, data } = readWebhook(await body.content());
    if (action === 'test') {
      if (section !== 'health') {
        throw new WebhookError('INVALID_SECTION', {}, 'Invalid section: "test" is for "health".');
      }
      answer(response, { message: 'Webhook is healthy', action, section });
      debug.processed({ status: 200, lines: {} });
      return;
    }
    if (data === undefined) {
      throw new WebhookError('MISSING_DATA', { missing: ['data'] });
    }
    try {
      const { id, ids, version, warnings } = await commitWebhook(
        context,
        { action, section, data },
        { receivedAt, signature },
      );
      answer(response, {
        message: 'Webhook processed successfully',
        id,
        action,
        section,
        ids,
        version,
        warnings,
      });
      debug.processed({ status: 200, lines: { 'Database updated': true } });
    } catch (error) {
      const status = error instanceof WebhookError ? error.status : 500;
      debug.processed({ status, lines: { 'Database updated': false } });
      throw error;
    }
  };
}

function answer(response: Response, fields: Record<string, unknown>): void {
  response.json({
    success: true,
    ...fields,
    timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
  });
}

async function verify(
  context: ServerContext,
  request: Request,
  body: WebhookBody,
  debug: DebugLog,
): Promise<string | undefined> {
  const received = request.get('x-webhook-signature');
  const timestamp = request.get('x-webhook-timestamp');
  debug.received({
    ...(received !== undefined && { signature: received }),
    ...(timestamp !== undefined && { timestamp }),
    body: context.cv.debug ? parse(body.sent) : undefined,
  });
  const shown = received === undefined ? {} : { received };
  try {
    const signature = await authorizeWebhook(context, request, body);
    debug.verified({ ...shown, valid: true });
    return signature;
  } catch (error) {
    const reason = error instanceof WebhookError ? error.code : 'ERROR';
    debug.verified({ ...shown, valid: false, reason });
    throw error;
  }
}

function readWebhook(raw: Buffer): z.output<typeof webhook> {
  const value = parse(raw);
  checkJson(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WebhookError('INVALID_PAYLOAD', { reason: 'The body must be a JSON object.' });
  }
  const result = webhook.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path }) => path.join('.'));
  const missing = fields.filter((field) => !(field in value));
  throw missing.length > 0
    ? new WebhookError('MISSING_DATA', { missing })
    : new WebhookError('INVALID_PAYLOAD', { reason: `${fields.join(', ')} must be text.` });
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined where it is not JSON in UTF-8. */
function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(raw)) as unknown;
  } catch {
    return undefined;
  }
}
