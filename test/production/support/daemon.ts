import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/bin', LANG: 'C.UTF-8' };

/** Who PostgreSQL and PgBouncer run as: they refuse to run as root. */
interface User {
  uid: number;
  gid: number;
}

/** `postgres`, which Debian's packages make, where the tests run as root; else whoever runs them. */
function databaseUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres']).toString());
  return { uid: id('-u'), gid: id('-g') };
}

/** A folder of the database user's own, which goes with the test file. */
export function createFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `careerhooks-${name}-`));
  folders.add(folder);
  giveToUser(folder);
  return folder;
}

export function giveToUser(path: string): void {
  const user = databaseUser();
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

/** A program of others that runs in the background. */
export interface Daemon {
  pid: number;
  /** All that it wrote so far. */
  output(): string;
  running(): boolean;
  /** Sends a signal to it, not to its children; resolves when it has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
}

const daemons = new Set<ChildProcess>();
const folders = new Set<string>();

/** Starts a program as the database user. */
export function startDaemon(
  command: string,
  args: string[],
  options: { env?: Record<string, string>; cwd?: string } = {},
): Daemon {
  requireProgram(command);
  const child = spawn(command, args, {
    ...databaseUser(),
    cwd: options.cwd ?? '/',
    env: { ...ENVIRONMENT, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  daemons.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => (output += text.toString()));
  }
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? 0,
    output: () => output,
    running,
    async end(signal) {
      if (!running()) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    },
  };
}

function requireProgram(command: string): void {
  if (existsSync(command)) return;
  const packages = 'postgresql-15, haproxy, pgbouncer and etcd-server';
  throw new Error(`${command} is missing: these tests need Debian's ${packages}.`);
}

/** Runs a program as the database user until it ends; rejects with what it wrote where it fails. */
export async function runProgram(command: string, args: string[]): Promise<void> {
  requireProgram(command);
  await promisify(execFile)(command, args, { ...databaseUser(), cwd: '/', env: ENVIRONMENT });
}

/** A process and all below it: PostgreSQL's put themselves into groups of their own. */
function processTree(pid: number): number[] {
  if (pid === 0) return [];
  let children: string;
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  } catch {
    // It has just ended.
    return [];
  }
  const below = children.trim().split(' ').filter(Boolean).map(Number);
  return [pid, ...below.flatMap(processTree)];
}

/** Sends a signal to a process and all below it; the process itself first, so that it starts no more. */
export function signalTree(pid: number, signal: NodeJS.Signals): void {
  if (signal === 'SIGKILL') signalTree(pid, 'SIGSTOP');
  for (const each of processTree(pid)) {
    try {
      process.kill(each, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

afterAll(async () => {
  for (const child of daemons) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const exited = once(child, 'exit');
    signalTree(child.pid ?? 0, 'SIGKILL');
    await exited;
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
