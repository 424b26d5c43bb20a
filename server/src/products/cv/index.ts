import type { Product } from '../product';
import { getChangeOperation } from './get-change';
import { getCvOperation } from './get-cv';
import { getHtmlOperation } from './get-html';
import { getPdfOperation } from './get-pdf';
import { getResumeOperation } from './get-resume';
import { getStatsOperation } from './get-stats';
import { importResumeOperation } from './import-resume';
import { listBackupsOperation } from './list-backups';
import { listHistoryOperation } from './list-history';
import { replayChangeOperation } from './replay-change';
import { restoreBackupOperation } from './restore-backup';

/**
 * The CV Website: what its document has no calls for, the CV itself, its backups and the webhooks'
 * history. The webhook that it describes is received by `receive-webhook.ts`.
 */
export const cv: Product = {
  system: 'cv',
  operations: [
    getCvOperation,
    getPdfOperation,
    getHtmlOperation,
    getResumeOperation,
    importResumeOperation,
    listBackupsOperation,
    restoreBackupOperation,
    listHistoryOperation,
    getChangeOperation,
    replayChangeOperation,
    getStatsOperation,
  ],
};
