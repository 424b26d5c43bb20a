import type { Request } from 'express';
import { findKey, type KeyScope } from '@careerhooks/store';
import type { ServerContext } from '../context';
import { Problem } from '../problems/problem';
import type { Caller } from './caller';
import { sameText } from './same-text';

/** What an operation asks of its caller: nothing, any token, a scope, or the admin token. */
export type Access = 'public' | 'any' | KeyScope | 'admin';

/**
 * The caller that a request's Authorization header stands for. Throws Problem
 * `unauthorized`, `rate_limited` where its address has tried too many, or
 * `forbidden` where the token is good but not for this.
 */
export async function authenticate(
  context: ServerContext,
  request: Request,
  access: Exclude<Access, 'public'>,
): Promise<Caller> {
  const token = bearerToken(request);
  if (token === undefined) {
    throw new Problem('unauthorized', 'Send the header "Authorization: Bearer <token>".');
  }
  if (sameText(token, context.adminToken)) return { kind: 'admin' };
  const key = await context.limits.tokens.lookUp(request, token, () =>
    findKey(context.store, token),
  );
  if (key === undefined)
    throw new Problem('unauthorized', 'This token is not known, or was revoked.');
  if (access === 'admin') throw new Problem('forbidden', 'This needs the admin token.');
  if (access !== 'any' && !key.scopes.includes(access)) {
    throw new Problem('forbidden', `This key lacks the scope "${access}".`);
  }
  return { kind: 'key', key, countedAs: key.id };
}

/** Of `Authorization: Bearer <token>`. */
export function bearerToken(request: Request): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(request.get('authorization') ?? '')?.[1];
}
