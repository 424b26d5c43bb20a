import type { Settings } from '../settings';
import { runUntilAsked } from './run-until-asked';
import { startWorker } from './start-worker';

/** `careerhooks worker`: deliveries alone, until SIGINT or SIGTERM. */
export function workerCommand(settings: Settings): Promise<void> {
  return runUntilAsked(settings, {
    start: (log, report) => startWorker(settings, log, report),
    status: () => 'Makes deliveries',
    describe: ({ healthUrl }) =>
      healthUrl === undefined
        ? {
            text: 'The CareerHooks worker is ready; set WORKER_PORT to ask for its health',
            facts: {},
          }
        : {
            text: `The CareerHooks worker is ready; its health is at ${healthUrl}/readyz`,
            facts: { health: `${healthUrl}/readyz` },
          },
    // Nobody sends it anything.
    drainMs: 0,
  });
}
