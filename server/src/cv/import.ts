import { CvError, type ImportedResume, importResume, readCv } from '@careerhooks/cv';
import { getCv } from '@careerhooks/store';
import type { ServerContext } from '../context';
import { commit } from './commit';
import { findUnstorable } from './find-unstorable';

/** What became of a file. */
export interface Imported {
  /** Undefined where nothing was written: on a dry run, or because the CV says all of it already. */
  id: string | undefined;
  version: number;
  result: ImportedResume;
}

/** Of a body with a JSON Resume: that of the largest CV, in any script, is below it. */
export const IMPORT_LIMIT = '4mb';

/**
 * Puts a JSON Resume in the place of the CV, with a backup, as one change; on a dry run, and where there is nothing to change,
 * writes nothing.
 *
 * @param version only if the CV is still this one.
 * @throws {CvError} where the file cannot be taken; then nothing is written.
 */
export async function importCv(
  context: ServerContext,
  file: unknown,
  options: { dryRun: boolean; version: number | undefined; receivedAt: number },
): Promise<Imported> {
  const { store } = context;
  refuseUnstorable(file);
  const present = await getCv(store);
  const seen = present?.version ?? 0;
  requireVersion(seen, options.version);
  const result = importResume(readCv(present?.document ?? ''), file);
  if (options.dryRun || result.changes.length === 0) {
    return { id: undefined, version: seen, result };
  }
  const change = { action: 'import', section: 'cv', data: JSON.stringify(file) };
  // Judged again on the CV as the transaction finds it; an error ends that before it writes.
  const committed = await commit(
    context,
    { ...change, receivedAt: options.receivedAt },
    (document, version) => {
      requireVersion(version, options.version);
      return judgeImport(document, file);
    },
  );
  if (committed === undefined) throw new Error('An import without signature was repeated.');
  const { id, version, verdict } = committed;
  return { id, version, result: verdict.written };
}

/** What a file makes of the CV; nothing follows where the CV says all of it already. */
function judgeImport(document: string, file: unknown) {
  const written = importResume(readCv(document), file);
  if (written.changes.length === 0) return { continues: false, written };
  return {
    document: JSON.stringify(written.cv),
    event: { type: 'cv.updated', data: { section: 'cv', ids: [] } },
    continues: true,
    written,
  };
}

function refuseUnstorable(file: unknown): void {
  const issues = findUnstorable(file);
  if (issues.length === 0) return;
  const told = issues.map(({ path, message }) => `${path || 'the file'} ${message}`).join('; ');
  throw new CvError('VALIDATION_FAILED', `Invalid data format: ${told}`.slice(0, 1_000), issues);
}

function requireVersion(version: number, wanted: number | undefined): void {
  if (wanted === undefined || wanted === version) return;
  throw new CvError(
    'CV_CHANGED',
    `The CV is at version ${version}, not ${wanted}: see what the file would change now.`,
  );
}
