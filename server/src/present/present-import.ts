import type { z } from 'zod';
import type { Imported } from '../cv/import';
import type { importedCvOut } from '../schemas/cv';

/** How many things of a file that are not understood are told. */
const TOLD = 500;

/** What an import answers with. */
export function presentImport(
  { id, version, result }: Imported,
  dryRun: boolean,
): z.output<typeof importedCvOut> {
  const { changes, ignored, kept } = result;
  return {
    id: id ?? null,
    dry_run: dryRun,
    version,
    changes,
    kept,
    ignored: ignored.slice(0, TOLD),
    ignored_total: ignored.length,
  };
}
