import type { Settings } from '../settings';
import { runUntilAsked } from './run-until-asked';
import { startWorker } from './start-worker';

/** `careerhooks worker`: deliveries alone, until SIGINT or SIGTERM. */
export function workerCommand(settings: Settings): Promise<void> {
  return runUntilAsked(settings, {
    start: (log, print) => startWorker(settings, log, print),
    status: () => 'Makes deliveries',
    tell: ({ healthUrl }, print) =>
      print(
        healthUrl === undefined
          ? 'The CareerHooks worker is ready; set WORKER_PORT to ask for its health'
          : `The CareerHooks worker is ready; its health is at ${healthUrl}/readyz`,
      ),
    // Nobody sends it anything.
    drainMs: 0,
  });
}
