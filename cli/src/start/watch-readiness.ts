import { createReadiness, probeAccepting, type Readiness, type Store } from '@careerhooks/store';
import type { Logger } from 'pino';

/** Whether this process's database takes what is accepted and recorded; the log tells when that changes. */
export function watchReadiness(store: Store, log: Logger): Readiness {
  return createReadiness(
    (bytes) => probeAccepting(store, bytes),
    ({ outage, error }) => {
      if (outage === undefined) log.info('ready: the database takes events again');
      else log.warn({ outage, err: error }, 'not ready: the database takes no events');
    },
  );
}
