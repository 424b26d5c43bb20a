import { findSystem, noSuchSystem, type System } from '@careerhooks/systems';
import { Problem } from '../problems/problem';

/** The system with this key; throws Problem `unknown_system`. */
export function requireSystem(key: string): System {
  const system = findSystem(key);
  if (system !== undefined) return system;
  throw new Problem('unknown_system', noSuchSystem(key));
}
