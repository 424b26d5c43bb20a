import type { Caller } from '../../access/caller';
import { Problem } from '../../problems/problem';

/** Throws Problem `forbidden` where the caller's key is another system's. */
export function requireCvKey(caller: Caller): void {
  if (caller.kind === 'admin' || caller.key.system === 'cv') return;
  throw new Problem(
    'forbidden',
    `The CV needs a key for the system cv, or the admin token; this key is for ${caller.key.system}.`,
  );
}
