import { readCv } from '@careerhooks/cv';
import { getCvBackup } from '@careerhooks/store';
import type { ServerContext } from '../context';
import { commit } from './commit';

/** Puts a backup in the place of the CV, as one change; undefined where there is no such backup. */
export async function restoreBackup(
  context: ServerContext,
  backupId: string,
): Promise<{ id: string; version: number } | undefined> {
  const backup = await getCvBackup(context.store, backupId);
  if (backup === undefined) return undefined;
  const committed = await commit(
    context,
    {
      action: 'restore',
      section: 'cv',
      data: JSON.stringify({ backup: backupId }),
      receivedAt: Date.now(),
    },
    () => ({
      document: JSON.stringify(readCv(backup)),
      event: { type: 'cv.updated', data: { section: 'cv', ids: [] } },
      continues: true,
    }),
  );
  if (committed === undefined) throw new Error('A restoration without signature was repeated.');
  return { id: committed.id, version: committed.version };
}
