import type { Request } from 'express';
import { findKey } from '@careerhooks/store';
import { bearerToken } from '../access/authenticate';
import type { Caller } from '../access/caller';
import { sameText } from '../access/same-text';
import type { ServerContext } from '../context';
import { Problem } from '../problems/problem';

/** A caller of a product's API: always of one system, and of one user or all of them. */
export type ProductCaller = Extract<Caller, { kind: 'key' }>;

/**
 * Who calls: the holder of one of our keys, of a token of the product, or, where `named` says which
 * system this is about, the admin, who stands for all of its users. A token is of one of
 * `systems`. Throws Problem `unauthorized`, `rate_limited` where its address has tried too many, or
 * `forbidden` where the token is good but not for this.
 */
export async function identify(
  context: ServerContext,
  request: Request,
  { systems, named }: { systems: readonly string[]; named: boolean },
): Promise<ProductCaller> {
  const token = bearerToken(request);
  const { tokens } = context.limits;
  if (token === undefined) {
    throw new Problem('unauthorized', 'Send the header "Authorization: Bearer <token>".');
  }
  if (token.startsWith('chk_')) {
    const key = await tokens.lookUp(request, token, () => findKey(context.store, token));
    if (key === undefined || (named && !systems.includes(key.system))) throw unknownToken();
    if (!key.scopes.includes('manage')) {
      throw new Problem('forbidden', 'This key lacks the scope "manage".');
    }
    return { kind: 'key', key, countedAs: key.id };
  }
  if (sameText(token, context.adminToken)) {
    const [system] = systems;
    if (!named || system === undefined) {
      throw new Problem(
        'forbidden',
        `The admin token is of no product: put one before the path, such as /${systems[0] ?? ''}/api/….`,
      );
    }
    return { kind: 'key', key: { system, user: null, scopes: ['manage'] }, countedAs: undefined };
  }
  const bearer = await tokens.lookUp(request, token, () => context.tokens.verify(token, systems));
  if (bearer === undefined) throw unknownToken();
  return {
    kind: 'key',
    key: { ...bearer, scopes: ['manage'] },
    countedAs: `${bearer.system} ${bearer.user}`,
  };
}

function unknownToken(): Problem {
  return new Problem('unauthorized', 'This token is not known, has expired, or was revoked.');
}

/** Whose endpoints a caller makes and sees. */
export function ownerOf(caller: Caller): { system: string; user: string | null } {
  if (caller.kind === 'admin') throw new Error('The mount gives every caller a system.');
  return { system: caller.key.system, user: caller.key.user };
}
