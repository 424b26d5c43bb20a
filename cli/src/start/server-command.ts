import type { Settings } from '../settings';
import { runUntilAsked } from './run-until-asked';
import { startServer } from './start-server';

/** `careerhooks server`: the API alone, until SIGINT or SIGTERM. */
export function serverCommand(settings: Settings): Promise<void> {
  return runUntilAsked(settings, {
    start: (log, report) => startServer(settings, log, report),
    status: ({ url }) => `The API is at ${url}`,
    describe: ({ url }) => ({
      text: `The CareerHooks server is ready at ${url}`,
      facts: { url, docs: `${url}/docs`, connect: `${url}/connect` },
    }),
    drainMs: settings.drainMs,
  });
}
