import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { ApiClient } from '../api-client';
import { SetupError } from '../settings';
import { describeImport, type ImportAnswer } from './describe-import';

export interface ImportOptions {
  api: ApiClient;
  /** A path, or `-` for standard input. */
  source: string;
  /** Only says what would change. */
  dryRun: boolean;
  /** Does not ask. */
  yes: boolean;
  print: (line: string) => void;
  /** Asks whoever is at the terminal; undefined where nobody is. */
  confirm: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * `careerhooks cv import`: says what a JSON Resume changes in the CV and what of it is not understood, and
 * imports it once that is wanted, unless the CV has changed meanwhile.
 *
 * @throws {SetupError} where there is no such file, or it is not taken, or nobody can be asked.
 */
export async function importFile(options: ImportOptions): Promise<void> {
  const { api, source, print } = options;
  const file = await readJson(source);
  const plan = await api.call<ImportAnswer>('PUT', '/v1/cv/resume?dry_run=true', file);
  for (const line of describeImport(plan)) print(line);
  if (plan.changes.length === 0 || options.dryRun) return;
  if (!options.yes) {
    if (options.confirm === undefined || source === '-') {
      throw new SetupError('Nothing was written: nobody can be asked here. Repeat it with --yes.');
    }
    if (!(await options.confirm('Import it?'))) {
      print('Nothing was written.');
      return;
    }
  }
  const path = `/v1/cv/resume?version=${plan.version}` as const;
  const done = await api.call<ImportAnswer>('PUT', path, file);
  print(`Imported. The CV is at version ${done.version}; the one before is among its backups.`);
}

async function readJson(source: string): Promise<unknown> {
  const bytes = source === '-' ? await buffer(process.stdin) : await readBytes(source);
  const name = source === '-' ? 'What came' : source;
  let content: string;
  try {
    content = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SetupError(`${name} is not in UTF-8: save it in that encoding.`);
  }
  try {
    return JSON.parse(content) as unknown;
  } catch {
    throw new SetupError(`${name} is not JSON.`);
  }
}

async function readBytes(source: string): Promise<Buffer> {
  try {
    return await readFile(source);
  } catch (error) {
    throw new SetupError(`${source} cannot be read: ${(error as Error).message}`);
  }
}
