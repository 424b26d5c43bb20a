import Sqlite from 'better-sqlite3';
import { OPEN_PATIENCE_MS } from './sqlite-connection';
import { toOutage } from './sqlite-error';

/** The first fault, or undefined. Reads all of the file, and changes nothing: also no write-ahead log is brought in. */
export function findDamage(file: string): string | undefined {
  try {
    const connection = new Sqlite(file, { readonly: true, timeout: OPEN_PATIENCE_MS });
    try {
      const [row] = connection.pragma('quick_check(1)') as { quick_check: string }[];
      return row?.quick_check === 'ok' ? undefined : row?.quick_check.replaceAll('\n', ' ');
    } finally {
      connection.close();
    }
  } catch (error) {
    const { code } = error as { code?: string };
    if (/^SQLITE_(CORRUPT|NOTADB)/.test(code ?? '')) return (error as Error).message;
    throw toOutage(error, file);
  }
}
