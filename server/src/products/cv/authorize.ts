import type { Request } from 'express';
import { authenticate } from '../../access/authenticate';
import type { ServerContext } from '../../context';
import { Problem } from '../../problems/problem';
import { verifySignature } from './verify-signature';
import { WebhookError } from './webhook-error';

const SYSTEM = 'cv';

/** May change the CV: the admin, a key of the system with scope manage; `read`: any key of the system. */
export type CvAccess = 'read' | 'manage';

/** Throws WebhookError `UNAUTHORIZED` unless the bearer token may do that. */
export async function authorizeToken(
  context: ServerContext,
  authorization: string | undefined,
  access: CvAccess,
): Promise<void> {
  try {
    const caller = await authenticate(context, authorization, access === 'read' ? 'any' : 'manage');
    if (caller.kind === 'admin' || caller.key.system === SYSTEM) return;
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
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
  body: Buffer,
): Promise<string | undefined> {
  const { secret, auth } = context.cv;
  const signed = {
    signature: request.get('x-webhook-signature'),
    timestamp: request.get('x-webhook-timestamp'),
    body,
  };
  const authorization = request.get('authorization');
  if (auth === 'all') {
    const signature = verifySignature(signed, secret);
    await authorizeToken(context, authorization, 'manage');
    return signature;
  }
  try {
    return verifySignature(signed, secret);
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    if (authorization === undefined) throw error;
  }
  if (!(await isJwt(context, authorization)))
    await authorizeToken(context, authorization, 'manage');
  return undefined;
}

async function isJwt(context: ServerContext, authorization: string): Promise<boolean> {
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  return token !== undefined && (await context.tokens.verify(token, [SYSTEM])) !== undefined;
}
