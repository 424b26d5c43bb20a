import type { Settings } from '../settings';
import { banner, bannerFacts } from './banner';
import { runUntilAsked } from './run-until-asked';
import { startCareerHooks } from './start';

/** How long the banner waits for a Temporal of the operator's own, in milliseconds. */
const WAIT_FOR_TEMPORAL_MS = 10_000;

/** `careerhooks start`: everything in this process, until SIGINT or SIGTERM. */
export function startCommand(settings: Settings): Promise<void> {
  const startedAt = performance.now();
  return runUntilAsked(settings, {
    start: (log, report) => startCareerHooks(settings, log, report),
    status: ({ url }) => `The API is at ${url}`,
    describe: async (careerHooks, asked) => {
      const connected = await Promise.race([
        careerHooks.connected.then(() => true),
        asked.then(() => false),
        new Promise<false>((resolve) => setTimeout(resolve, WAIT_FOR_TEMPORAL_MS, false).unref()),
      ]);
      const startedInMs = performance.now() - startedAt;
      const running = { ...careerHooks, connected, startedInMs };
      return { text: banner(settings, running), facts: bannerFacts(settings, running) };
    },
    drainMs: settings.drainMs,
  });
}
