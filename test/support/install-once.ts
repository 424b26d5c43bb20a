import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Gets a line for each step that takes long. */
export type Report = (line: string) => void;

/**
 * Fills a folder once. It appears there in one rename, so that an interrupted installation leaves
 * nothing half done, and a lock lets a second run wait for the first.
 *
 * @param proof a file in it: where that is, the folder is filled.
 * @param install fills the folder that it is given, which later moves to `folder`.
 */
export async function installOnce(
  folder: string,
  proof: string,
  install: (partial: string) => Promise<void>,
  report: Report,
): Promise<void> {
  if (await exists(join(folder, proof))) return;
  await mkdir(dirname(folder), { recursive: true });
  const unlock = await lock(`${folder}.lock`, report);
  try {
    if (await exists(join(folder, proof))) return;
    const partial = await mkdtemp(`${folder}.partial-`);
    try {
      await install(partial);
      await rm(folder, { recursive: true, force: true });
      await rename(partial, folder);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  } finally {
    await unlock();
  }
}

/** Takes the lock, waiting while the process that holds it lives; returns what gives it back. */
async function lock(path: string, report: Report): Promise<() => Promise<void>> {
  for (let waited = false; ; waited = true) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => '0'));
    if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
    else {
      if (!waited) report(`Waiting for process ${holder}, which holds ${path}.`);
      await sleep(1000);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
