import type { Settings } from '../settings';
import { runUntilAsked } from './run-until-asked';
import { startServer } from './start-server';

/** `careerhooks server`: the API alone, until SIGINT or SIGTERM. */
export function serverCommand(settings: Settings): Promise<void> {
  return runUntilAsked(settings, {
    start: (log, print) => startServer(settings, log, print),
    status: ({ url }) => `The API is at ${url}`,
    tell: ({ url }, print) => print(`The CareerHooks server is ready at ${url}`),
    drainMs: settings.drainMs,
  });
}
