import { createLogger } from '../logger';
import type { Settings } from '../settings';
import { stopRequest } from '../stop-request';
import { banner } from './banner';
import { startCareerHooks } from './start';

/** How long the banner waits for a Temporal of the operator's own, in milliseconds. */
const WAIT_FOR_TEMPORAL_MS = 10_000;

/** `careerhooks start`: runs until SIGINT or SIGTERM, then stops in order. */
export async function startCommand(settings: Settings): Promise<void> {
  const startedAt = performance.now();
  const log = createLogger(settings);
  const print = (line: string): void => void process.stdout.write(`${line}\n`);

  const asked = stopRequest(() =>
    print('Stopping: attempts under way may end first. Once more to stop at once.'),
  );
  const careerHooks = await startCareerHooks(settings, log, print);
  const connected = await Promise.race([
    careerHooks.connected.then(() => true),
    asked.then(() => false),
    new Promise<false>((resolve) => setTimeout(resolve, WAIT_FOR_TEMPORAL_MS, false).unref()),
  ]);
  print(
    banner(settings, { ...careerHooks, connected, startedInMs: performance.now() - startedAt }),
  );

  // A Temporal that will never answer (no rights, say) ends the run with its reason.
  await Promise.race([asked, careerHooks.connected.then(() => asked)]).finally(() =>
    careerHooks.stop(),
  );
  print('Stopped.');
}
