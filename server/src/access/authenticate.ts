import { findKey, type KeyScope } from '@careerhooks/store';
import type { ServerContext } from '../context';
import { Problem } from '../problems/problem';
import type { Caller } from './caller';
import { sameText } from './same-text';

/** What an operation asks of its caller: nothing, any token, a scope, or the admin token. */
export type Access = 'public' | 'any' | KeyScope | 'admin';

/**
 * The caller that an Authorization header stands for. Throws Problem
 * `unauthorized`, or `forbidden` where the token is good but not for this.
 */
export async function authenticate(
  context: ServerContext,
  header: string | undefined,
  access: Exclude<Access, 'public'>,
): Promise<Caller> {
  const token = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  if (token === undefined) {
    throw new Problem('unauthorized', 'Send the header "Authorization: Bearer <token>".');
  }
  if (sameText(token, context.adminToken)) return { kind: 'admin' };
  const key = await findKey(context.store, token);
  if (key === undefined)
    throw new Problem('unauthorized', 'This token is not known, or was revoked.');
  if (access === 'admin') throw new Problem('forbidden', 'This needs the admin token.');
  if (access !== 'any' && !key.scopes.includes(access)) {
    throw new Problem('forbidden', `This key lacks the scope "${access}".`);
  }
  return { kind: 'key', key };
}
