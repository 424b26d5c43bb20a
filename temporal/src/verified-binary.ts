import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { TemporalError } from './errors';

/**
 * A downloaded executable is hashed once; a marker beside it then remembers its size and time of
 * change, so that a later start need not read 160 MB again. The marker is no weaker than the hash:
 * whoever can write beside the executable can also write the executable after it was hashed.
 */
interface Marker {
  sha256: string;
  size: number;
  mtimeMs: number;
}

/**
 * Hashes the executable, and marks it as verified; refuses and deletes it where the hash is not
 * the pinned one.
 *
 * @throws TemporalError `binary_refused`
 */
export async function verifyBinary(path: string, sha256: string): Promise<void> {
  const actual = await hashFile(path);
  if (actual !== sha256) {
    await rm(path, { force: true });
    throw new TemporalError(
      'binary_refused',
      `refused and deleted: its SHA-256 is ${actual}, and ${sha256} is expected`,
    );
  }
  const { size, mtimeMs } = await stat(path);
  const marker: Marker = { sha256, size, mtimeMs };
  // A cache that only others may write to is hashed each time.
  await writeFile(markerPath(path), JSON.stringify(marker)).catch(() => undefined);
}

/** Whether the executable was verified before and has not changed since. */
export async function isVerified(path: string, sha256: string): Promise<boolean> {
  try {
    const marker = JSON.parse(await readFile(markerPath(path), 'utf8')) as Marker;
    const { size, mtimeMs } = await stat(path);
    return marker.size === size && marker.mtimeMs === mtimeMs && marker.sha256 === sha256;
  } catch {
    return false;
  }
}

function markerPath(path: string): string {
  return `${path}.verified`;
}

/** The SHA-256 of a file, in hex. */
export async function hashFile(path: string): Promise<string> {
  const hash: Hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
