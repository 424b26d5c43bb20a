import type { Logger } from 'pino';
import type { WorkflowTarget } from './dispatch/start-once';
import type { TemporalConnection } from './temporal-connection';

/**
 * Keeps the namespace ready: workflows may only set search attributes that it has.
 *
 * - *In doubt*: at first, and after `doubt`. `prepare` sets it up, and it is *ready* then, or *without*.
 * - *Ready*: it has our search attributes. `prepare` does nothing.
 * - *Without*: it would not take them. Workflows are started without, and it is asked again once a minute.
 */
export interface SetUp {
  /** At first, and whenever there is a doubt. */
  prepare(): Promise<void>;
  /** Temporal has refused a start. */
  doubt(): void;
}

/** How often to ask for search attributes that it would not give, in milliseconds. */
const TRY_AGAIN_MS = 60_000;

export function createSetUp(settings: {
  temporal: Pick<TemporalConnection, 'setUp'>;
  /** Says for each start whether to set search attributes. */
  target: WorkflowTarget;
  log: Logger;
  signal: AbortSignal;
}): SetUp {
  const { temporal, target, log, signal } = settings;
  let doubted = true;
  let without = false;

  async function run(): Promise<void> {
    const { searchAttributes } = await temporal.setUp(signal);
    doubted = false;
    target.searchAttributes = searchAttributes;
    if (searchAttributes && without) log.info('Temporal has our search attributes now');
    without = !searchAttributes;
  }

  const trying = setInterval(() => {
    if (!without) return;
    run().catch((error: unknown) => log.debug({ err: error }, 'search attributes: not yet'));
  }, TRY_AGAIN_MS).unref();
  signal.addEventListener('abort', () => clearInterval(trying));

  return {
    prepare: async () => (doubted ? run() : undefined),
    doubt: () => void (doubted = true),
  };
}
