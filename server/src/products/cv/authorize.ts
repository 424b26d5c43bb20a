import type { Request } from 'express';
import { type Access, authenticate, bearerToken } from '../../access/authenticate';
import type { Caller } from '../../access/caller';
import type { ServerContext } from '../../context';
import { Problem } from '../../problems/problem';
import { verifySignature } from './verify-signature';
import type { WebhookBody } from './webhook-body';
import { WebhookError } from './webhook-error';

const SYSTEM = 'cv';

/**
 * The admin, or the holder of a key of the system that may do that; the request is counted by then, and
 * is not to be again. Throws WebhookError `UNAUTHORIZED`, or Problem `rate_limited`.
 */
export async function authorizeToken(
  context: ServerContext,
  request: Request,
  access: Exclude<Access, 'public'>,
): Promise<Caller> {
  try {
    const caller = await authenticate(context, request, access);
    await context.limits.count(request, caller, { outgoing: false });
    if (caller.kind === 'admin') return caller;
    if (caller.key.system === SYSTEM) return { ...caller, countedAs: undefined };
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 429) throw error;
  }
  throw new WebhookError('UNAUTHORIZED', {
    reason: 'Send "Authorization: Bearer <token>" with the admin token, or a key for cv.',
  });
}

/**
 * Lets a webhook in. By default it needs both a signature and a token; with `CV_AUTH=any`, the
 * document's "multiple authentication methods", one of signature, key and JWT is enough.
 *
 * @returns what names the signature, where one was verified.
 */
export async function authorizeWebhook(
  context: ServerContext,
  request: Request,
  body: WebhookBody,
): Promise<string | undefined> {
  const { secret, auth } = context.cv;
  const signed = {
    signature: request.get('x-webhook-signature'),
    timestamp: request.get('x-webhook-timestamp'),
    body,
  };
  if (auth === 'all') {
    const signature = await verifySignature(signed, secret);
    await authorizeToken(context, request, 'manage');
    return signature;
  }
  try {
    return await verifySignature(signed, secret);
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    if (request.get('authorization') === undefined) throw error;
  }
  if (!(await isJwt(context, request))) await authorizeToken(context, request, 'manage');
  return undefined;
}

async function isJwt(context: ServerContext, request: Request): Promise<boolean> {
  const token = bearerToken(request);
  return token !== undefined && (await context.tokens.verify(token, [SYSTEM])) !== undefined;
}
