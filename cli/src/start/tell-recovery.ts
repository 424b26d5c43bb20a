import type { Recovery } from '@careerhooks/store';
import type { Logger } from 'pino';
import type { Report } from './voice';

/**
 * Says what was found in the journal of endpoints and keys, at the start or after a failover, where an
 * operator has to know of it.
 */
export function tellRecovery(
  { recovered, refused, keys, revoked, damaged, setAside }: Recovery,
  log: Logger,
  report: Report,
): void {
  const warn = (facts: object, message: string): void => {
    log.warn(facts, message);
    report(`Warning: ${message}.`, { logged: true });
  };
  if (recovered.length > 0) {
    const ids = recovered.join(', ');
    warn(
      { endpoints: recovered },
      `the database is older than the journal of endpoints; from the journal came ${recovered.length}: ${ids}`,
    );
  }
  if (refused.length > 0) {
    warn(
      { endpoints: refused },
      `another endpoint has the place of these, which only the journal knew: ${refused.join(', ')}`,
    );
  }
  if (keys.length > 0) {
    warn(
      { keys },
      `the database is older than the journal; from the journal came ${keys.length} keys: ${keys.join(', ')}`,
    );
  }
  if (revoked.length > 0) {
    warn(
      { keys: revoked },
      `the database is older than the journal; these keys, which it had not as revoked, are revoked again: ${revoked.join(', ')}`,
    );
  }
  if (damaged > 0) {
    warn({ damaged }, `${damaged} damaged lines of the journal of endpoints were left out`);
  }
  if (setAside !== undefined) {
    warn(
      { setAside },
      `the journal of endpoints was another database's, and is kept as ${setAside}`,
    );
  }
}
