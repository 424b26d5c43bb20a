import { Problem } from '../problems/problem';

const MAX_DEPTH = 64;

/**
 * Throws Problem `unacceptable_json` for a parsed body that is nested deeper than 64, which whatever
 * walks it by recursion would overflow the stack on, or that has a key `__proto__`, which becomes a
 * prototype in the hands of whatever copies it key by key: here, or at a receiver.
 */
export function checkJson(value: unknown): void {
  check(value, MAX_DEPTH);
}

function check(value: unknown, depthLeft: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depthLeft === 0) {
    throw new Problem('unacceptable_json', `Nest at most ${MAX_DEPTH} objects and arrays.`);
  }
  if (Object.hasOwn(value, '__proto__')) {
    throw new Problem('unacceptable_json', 'Send no key "__proto__".');
  }
  if (Array.isArray(value)) for (const item of value) check(item, depthLeft - 1);
  else for (const key in value) check((value as Record<string, unknown>)[key], depthLeft - 1);
}
