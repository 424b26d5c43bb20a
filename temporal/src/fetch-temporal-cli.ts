import { randomUUID } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { TemporalError } from './errors';
import { machineOf } from './find-binary';
import { type FindCliSettings, findTemporalCli } from './find-temporal-cli';
import { TEMPORAL_CLI } from './pins';
import { hashFile } from './verified-binary';

/**
 * Puts the pinned Temporal CLI into `folder`, which it makes where it is missing, as `temporal` (mode 0755);
 * one that is there and is another is replaced. It comes from the user's cache, or is downloaded, and is
 * then in no cache. What is on PATH is passed over: it may be any version.
 *
 * @returns its path
 * @throws TemporalError `binary_not_found`, `binary_refused`, and system errors that name the folder
 */
export async function fetchTemporalCli(folder: string, settings: FindCliSettings): Promise<string> {
  const into = resolve(folder);
  const path = join(into, TEMPORAL_CLI.executable);
  const sha256 = TEMPORAL_CLI.sha256[machineOf(settings)];
  if ((await hashOf(path)) === sha256 && sha256 !== undefined) return path;
  await mkdir(into, { recursive: true });
  const temporary = await mkdtemp(join(into, '.fetching-'));
  try {
    const found = await findTemporalCli({ ...settings, pinned: true, downloadInto: temporary });
    await putInPlace(found.path, path, sha256);
    return path;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Undefined where there is none that can be read. */
function hashOf(path: string): Promise<string | undefined> {
  return hashFile(path).catch(() => undefined);
}

/** It is hashed where it will be: what a cache remembers of a file is not the file. */
async function putInPlace(from: string, path: string, sha256: string | undefined): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await copyFile(from, draft);
    const actual = await hashFile(draft);
    if (actual !== sha256) {
      throw new TemporalError(
        'binary_refused',
        `${from} was refused: its SHA-256 is ${actual}, and ${sha256} is expected. Delete it.`,
      );
    }
    await chmod(draft, 0o755);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}
