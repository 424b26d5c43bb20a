import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userCacheFolder } from '../../../temporal/src/cache-folder';

/** Where what the interoperability tests run is installed: in the user's cache, or in `TEST_INTEROP_DIR`. */
export function interopFolder(): string {
  return process.env.TEST_INTEROP_DIR ?? join(userCacheFolder(process.env) ?? tmpdir(), 'interop');
}

/** The folder of these pinned packages: another one as soon as one of the pins is another. */
export function folderOf(name: string, pins: Readonly<Record<string, string>>): string {
  const digest = createHash('sha256').update(JSON.stringify(pins)).digest('hex');
  return join(interopFolder(), `${name}-${digest.slice(0, 12)}`);
}
