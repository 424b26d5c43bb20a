import { findSystem, noSuchSystem } from '@careerhooks/systems';
import { SetupError } from '../settings';

/** The key of a system, as an argument. Throws SetupError for another one. */
export function knownSystem(key: string): string {
  if (findSystem(key) !== undefined) return key;
  throw new SetupError(noSuchSystem(key));
}
