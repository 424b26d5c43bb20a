import type { System } from '@careerhooks/systems';
import { Problem } from '../problems/problem';

/**
 * Throws Problem `invalid_request` where a user is named of a system whose events are of no user:
 * what is made for that user would be there, and get nothing.
 */
export function requirePossibleUser(system: System, user: string | null | undefined): void {
  if (user == null || system.soleUser === undefined) return;
  throw new Problem(
    'invalid_request',
    `${system.name} has no users, so that nothing would ever go to one: leave user out, and use a key that names none.`,
    [{ path: 'user', message: `Not for ${system.key}, whose events are of no user` }],
  );
}
