import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The journal's text; empty where there is none yet. */
export async function readJournal(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Appends; resolves when it is on the disk. Opened each time: a start may have replaced the file. */
export async function appendJournal(path: string, text: string): Promise<void> {
  await writeSynced(path, text, 'a');
}

/** Replaces the whole journal; whenever we are killed, there is the old one or the new one. */
export async function replaceJournal(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.draft`;
  await writeSynced(draft, text, 'w');
  await rename(draft, path);
  await syncFolder(dirname(path));
}

/** Keeps a journal that is another database's, beside the one that takes its place. */
export function setJournalAside(path: string, name: string): Promise<void> {
  return rename(path, `${path}.${name}`);
}

async function writeSynced(path: string, text: string, flags: 'a' | 'w'): Promise<void> {
  const file = await open(path, flags, 0o600);
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
