import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmdirSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own. */
export interface SmallDisk {
  folder: string;
  /** Fills it, but for so many bytes. */
  fill(exceptBytes: number): void;
  free(): Promise<void>;
  remove(): Promise<void>;
}

/** `it`, where this user may mount a file system (root on Linux, as a rule); elsewhere it is skipped. */
export const itWithDisk = mayMount() ? it : it.skip;

function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'careerhooks-small-'));
  try {
    mountSmall(folder, 1);
    unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}

/** Mounts a file system of so many megabytes at a folder. */
export function mountSmall(folder: string, megabytes: number): void {
  const options = `size=${megabytes}m,mode=755`;
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
}

export function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder]);
}

/** Mounts one of so many megabytes at a folder of its own. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'careerhooks-small-'));
  mountSmall(folder, megabytes);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: (exceptBytes) => fill(ballast, exceptBytes),
    free: () => rm(ballast, { force: true }),
    async remove() {
      unmount(folder);
      await rm(folder, { recursive: true });
    },
  };
}

/** Writes until there is no room left, and gives so many bytes back. */
export function fill(file: string, exceptBytes = 0): void {
  const target = openSync(file, 'w');
  let written = 0;
  try {
    for (let size = 1 << 20; size >= 1; size = size >> 1) written += writeAll(target, size);
    ftruncateSync(target, Math.max(0, written - exceptBytes));
  } finally {
    closeSync(target);
  }
}

/** Writes so many bytes at a time until there is no room for them. */
function writeAll(target: number, size: number): number {
  for (let written = 0; ;) {
    try {
      const count = writeSync(target, Buffer.alloc(size));
      written += count;
      if (count < size) return written;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      return written;
    }
  }
}
