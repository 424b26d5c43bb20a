import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TemporalError } from './errors';
import { run } from './run';

/** Who runs on a data folder, as its pid file tells. */
export interface ServerRecord {
  /** The server's process. */
  pid: number;
  /** The process that started it. */
  owner: number;
}

interface RunningProcess {
  parent: number;
  command: string;
}

const TERM_GRACE_MS = 3_000;

export async function writeServerRecord(dataDir: string, record: ServerRecord): Promise<void> {
  await writeFile(recordPath(dataDir), JSON.stringify(record), { mode: 0o600 });
}

export async function removeServerRecord(dataDir: string): Promise<void> {
  await rm(recordPath(dataDir), { force: true });
}

/**
 * Ends the server that an earlier process left behind on this data folder, if one did.
 *
 * A pid may have gone to another program since, so nothing is ended unless its command line is
 * that of a dev server on this very folder. Nor is a server ended whose owner lives: as long as it
 * does, it is the parent, and a second one must not take its server from it.
 *
 * @throws TemporalError `data_folder_in_use`
 */
export async function endPreviousServer(dataDir: string): Promise<ServerRecord | undefined> {
  const record = await readServerRecord(dataDir);
  if (!record) return undefined;
  const found = await describeProcess(record.pid);
  if (!found || !isServerOf(found.command, dataDir)) {
    await removeServerRecord(dataDir);
    return undefined;
  }
  if (found.parent === record.owner) {
    throw new TemporalError(
      'data_folder_in_use',
      `The data folder ${dataDir} is in use: process ${record.owner} runs its Temporal server ` +
        `(process ${record.pid}). Stop it first, or set CAREERHOOKS_DATA_DIR to another folder.`,
    );
  }
  await end(record.pid);
  await removeServerRecord(dataDir);
  return record;
}

/** Whether a command line is a dev server's whose store is in the data folder. */
export function isServerOf(command: string, dataDir: string): boolean {
  return (
    command.includes(' server start-dev ') &&
    command.includes(` --db-filename ${join(dataDir, 'temporal-')}`)
  );
}

/** Undefined where there is no such process, or where the platform does not say (Windows). */
async function describeProcess(pid: number): Promise<RunningProcess | undefined> {
  if (process.platform === 'linux') {
    try {
      const [commandLine, status] = await Promise.all([
        readFile(`/proc/${pid}/cmdline`, 'utf8'),
        readFile(`/proc/${pid}/status`, 'utf8'),
      ]);
      const parent = /^PPid:\s*(\d+)/m.exec(status)?.[1];
      return { parent: Number(parent), command: commandLine.replaceAll('\0', ' ') };
    } catch {
      return undefined;
    }
  }
  try {
    const args = ['-ww', '-o', 'ppid=,command=', '-p', String(pid)];
    const { output } = await run('ps', args, { env: process.env, timeoutMs: 5_000 });
    const match = /^\s*(\d+)\s+(.*)$/m.exec(output);
    return match ? { parent: Number(match[1]), command: match[2] ?? '' } : undefined;
  } catch {
    return undefined;
  }
}

async function readServerRecord(dataDir: string): Promise<ServerRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(recordPath(dataDir), 'utf8')) as ServerRecord;
    return Number.isInteger(record.pid) && record.pid > 1 ? record : undefined;
  } catch {
    return undefined;
  }
}

function recordPath(dataDir: string): string {
  return join(dataDir, 'temporal.pid');
}

async function end(pid: number): Promise<void> {
  send(pid, 'SIGTERM');
  const killAt = Date.now() + TERM_GRACE_MS;
  while (isAlive(pid)) {
    if (Date.now() > killAt) send(pid, 'SIGKILL');
    await delay(50);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
