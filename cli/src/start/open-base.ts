import { createEgressClient, type EgressClient, type EgressPolicy } from '@careerhooks/egress';
import { lockFile, recoverFromJournal, type Store } from '@careerhooks/store';
import type { Logger } from 'pino';
import { enterDataFolder } from '../data-folder';
import { openConfiguredStore } from '../open-store';
import { dataFile, type Settings } from '../settings';
import type { Shutdown } from './shutdown';
import { recoverAfterFailovers } from './recover-after-failovers';
import { tellRecovery } from './tell-recovery';
import type { Report } from './voice';

/** What each process that runs works with. */
export interface Base {
  settings: Settings;
  store: Store;
  egress: EgressClient;
  egressPolicy: EgressPolicy;
  log: Logger;
  /** Tells the operator. */
  report: Report;
  shutdown: Shutdown;
}

/** Opens the database and the way out. One process at a time has the files of a data folder. */
export async function openBase(
  run: Pick<Base, 'settings' | 'log' | 'report' | 'shutdown'>,
  files: { lock: boolean; journal: boolean },
): Promise<Base> {
  const { settings, log, report, shutdown } = run;
  if (files.lock || files.journal) enterDataFolder(settings);
  if (files.lock) {
    const lock = lockFile(dataFile(settings, 'instance.lock'));
    shutdown.add(() => lock.release());
  }
  const store = await openConfiguredStore(settings, files, {
    sole: files.lock,
    onTrouble: ({ level, message, facts }) => log[level](facts, message),
  });
  shutdown.add(() => store.close());
  tellRecovery(await recoverFromJournal(store), log, report);
  recoverAfterFailovers({ store, log, report, shutdown });
  const egressPolicy: EgressPolicy = {
    httpsOnly: settings.production,
    publicOnly: settings.production,
    allow: settings.allowCidrs,
  };
  const egress = createEgressClient(egressPolicy);
  shutdown.add(() => egress.close());
  return { ...run, store, egress, egressPolicy };
}
