import { keyUrls } from '../endpoints/key-urls';
import { inTransaction, rowsOf } from '../sql';
import type { Store } from '../store';
import { initial } from './0001-initial';
import { throttleAndAlerts } from './0002-throttle-and-alerts';
import { cv } from './0003-cv';
import { burstsAndBacklogs } from './0004-bursts-and-backlogs';
import { challengeAnswersAndUrlKeys } from './0005-challenge-answers-and-url-keys';
import { identities } from './0006-identities';
import { outcomes } from './0007-outcomes';
import { invitations } from './0008-invitations';
import { githubAnswers } from './0009-github-answers';
import { cvStepNotes } from './0010-cv-step-notes';
import type { Migration } from './migration';

export const MIGRATIONS: readonly Migration[] = [
  initial,
  throttleAndAlerts,
  cv,
  burstsAndBacklogs,
  challengeAnswersAndUrlKeys,
  identities,
  outcomes,
  invitations,
  githubAnswers,
  cvStepNotes,
];

/** Any number: the same for all of our processes. */
const ADVISORY_LOCK = 747_301;

/**
 * Brings the schema up to date, and what older versions have left in it. Several
 * processes may start at once: each runs all of it in one transaction that the
 * others wait for.
 */
export async function migrate(store: Store): Promise<void> {
  await inTransaction(store, async (transaction) => {
    if (store.dialect === 'postgres') {
      // Whoever is at it may need long.
      await transaction.run('set local lock_timeout = 0');
      await transaction.run('select pg_advisory_xact_lock(?)', [ADVISORY_LOCK]);
    }
    await transaction.run(
      'create table if not exists migrations (name text primary key, applied_at bigint not null)',
    );
    const applied = await rowsOf<{ name: string }>(transaction, 'select name from migrations');
    const names = new Set(applied.map((row) => row.name));
    for (const migration of MIGRATIONS) {
      if (names.has(migration.name)) continue;
      await migration.up(transaction, store);
      await transaction.run('insert into migrations (name, applied_at) values (?, ?)', [
        migration.name,
        Date.now(),
      ]);
    }
    await keyUrls(transaction);
  });
}
