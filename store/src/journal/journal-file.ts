import { type FileHandle, mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Appends; resolves when it is on the disk. Another process (`careerhooks keys` beside one that runs)
 * may replace the file meanwhile: then it is appended to the new one, too.
 */
export async function appendJournal(path: string, text: string): Promise<void> {
  for (;;) {
    const file = await open(path, 'a', 0o600);
    try {
      await writeAtOnce(file, text);
      await file.sync();
      if (await isAt(path, file)) return;
    } finally {
      await file.close();
    }
  }
}

/** What a journal is replaced by. */
export interface Renewal {
  text: string;
  /** Where the one that was there is kept, since it was another database's; undefined: nowhere. */
  setAside: string | undefined;
}

/**
 * Replaces the whole journal by what `renew` makes of it (of nothing, where there is none). Whenever
 * we are killed, there is the old one or the new one; what another process appends meanwhile follows.
 */
export async function rewriteJournal(
  path: string,
  renew: (text: string) => Promise<Renewal>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const old = await openIfThere(path);
  try {
    const bytes = (await old?.readFile()) ?? Buffer.alloc(0);
    const { text, setAside } = await renew(bytes.toString());
    const draft = `${path}.draft`;
    await writeSynced(draft, text);
    if (setAside !== undefined) await rename(path, setAside);
    await rename(draft, path);
    await syncFolder(dirname(path));
    const late = (await old?.readFile()) ?? Buffer.alloc(0);
    if (late.length > 0) await appendJournal(path, lateText(bytes, late));
  } finally {
    await old?.close();
  }
}

/** What came after `read`, with the line that was being written when that was read, from its beginning. */
function lateText(read: Buffer, late: Buffer): string {
  const begun = read.subarray(Math.max(0, read.lastIndexOf('\n')));
  return `\n${Buffer.concat([begun, late]).toString()}`;
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** By as few calls as can be: between two of them, another process could append. */
async function writeAtOnce(file: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    written += (await file.write(bytes, written)).bytesWritten;
  }
}

/** Whether the open file is still the one of that name. */
async function isAt(path: string, file: FileHandle): Promise<boolean> {
  const [own, there] = await Promise.all([file.stat(), stat(path).catch(() => undefined)]);
  return own.ino === there?.ino && own.dev === there.dev;
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** So that the new name outlives a power cut; Windows cannot, and need not. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
