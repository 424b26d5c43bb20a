import type { Logger } from 'pino';
import type { Settings } from '../settings';
import { guardLine } from './guard-line';

/** Says what endpoints may be; that they are not guarded is a warning. */
export function logGuard(settings: Settings, log: Logger): void {
  const line = `endpoints: ${guardLine(settings)}`;
  if (settings.production) log.info(line);
  else log.warn(line);
}
