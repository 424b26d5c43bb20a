import { excessBytes, type System } from '@careerhooks/systems';
import { Problem } from '../../problems/problem';

/** Throws Problem `event_too_large` where a body would be larger than the largest that is sent. */
export function requireFitting(
  system: System,
  event: Parameters<typeof excessBytes>[1],
  path: string,
): void {
  const excess = excessBytes(system, event);
  if (excess === 0) return;
  throw new Problem(
    'event_too_large',
    `${path === '' ? 'This event' : path.slice(0, -1)} would be sent as a body of 1 MiB and ${excess} bytes, its envelope included; 1 MiB is the most. Send less, or a link to it.`,
    [{ path: `${path}data`, message: `${excess} bytes too large` }],
  );
}
