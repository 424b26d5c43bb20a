import type { ApiKey, Scope } from '@careerhooks/store';
import { Problem } from '../problems/problem';

/** Who asks: the admin, or the holder of a key. */
export type Caller =
  | { kind: 'admin' }
  | {
      kind: 'key';
      /** Without an id where a product's own token stands for it. */
      key: Pick<ApiKey, 'system' | 'user' | 'scopes'> & { id?: string };
      /** Whose requests count together against the limits; undefined where they do not count. */
      countedAs: string | undefined;
    };

/** What a caller may see. */
export function scopeOf(caller: Caller): Scope {
  if (caller.kind === 'admin') return {};
  const { system, user } = caller.key;
  return user === null ? { system } : { system, user };
}

/**
 * The system that a request is about: the key's own, or the one that the request
 * names. Throws Problem `forbidden` or `invalid_request`.
 */
export function systemFor(caller: Caller, named: string | undefined): string {
  if (caller.kind === 'key') {
    if (named !== undefined && named !== caller.key.system) {
      throw new Problem(
        'forbidden',
        `This key is for ${caller.key.system}; leave system out, or use a key for ${named}.`,
      );
    }
    return caller.key.system;
  }
  if (named === undefined) {
    throw new Problem(
      'invalid_request',
      'Say which system this is about: system is missing, and the admin token is for all of them.',
      [{ path: 'system', message: 'is missing, and the admin token is for all of them' }],
    );
  }
  return named;
}

/**
 * The user that a request is about: the key's own, or the one that the request
 * names; undefined where neither does. Throws Problem `forbidden`.
 */
export function userFor(caller: Caller, named: string | undefined): string | undefined {
  if (caller.kind === 'admin' || caller.key.user === null) return named;
  if (named !== undefined && named !== caller.key.user) {
    throw new Problem(
      'forbidden',
      "This key acts for one user; leave user out, or use that user's key.",
    );
  }
  return caller.key.user;
}
