import type { Settings } from '../settings';
import { banner } from './banner';
import { runUntilAsked } from './run-until-asked';
import { startCareerHooks } from './start';

/** How long the banner waits for a Temporal of the operator's own, in milliseconds. */
const WAIT_FOR_TEMPORAL_MS = 10_000;

/** `careerhooks start`: everything in this process, until SIGINT or SIGTERM. */
export function startCommand(settings: Settings): Promise<void> {
  const startedAt = performance.now();
  return runUntilAsked(settings, {
    start: (log, print) => startCareerHooks(settings, log, print),
    status: ({ url }) => `The API is at ${url}`,
    tell: async (careerHooks, print, asked) => {
      const connected = await Promise.race([
        careerHooks.connected.then(() => true),
        asked.then(() => false),
        new Promise<false>((resolve) => setTimeout(resolve, WAIT_FOR_TEMPORAL_MS, false).unref()),
      ]);
      const startedInMs = performance.now() - startedAt;
      print(banner(settings, { ...careerHooks, connected, startedInMs }));
    },
    drainMs: settings.drainMs,
  });
}
