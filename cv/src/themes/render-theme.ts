import { type ChildProcess, spawn } from 'node:child_process';
import { access, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { ThemeAnswer, ThemeRequest } from './child';
import type { Theme } from './read-theme';
import { securePage } from './secure-page';

/** Compiled, whether the sources run or what was made of them. */
const CHILD = join(__dirname, '../../dist/themes');

/** What one page may take. */
export interface ThemeLimits {
  milliseconds: number;
  /** Of JavaScript's heap. */
  heapMegabytes: number;
  /** Of the whole process, where Linux tells it. */
  megabytes: number;
  pageBytes: number;
  /** As in `TZ`; many themes read dates as of midnight in UTC and print them in this zone. */
  timeZone: string;
}

const LIMITS: ThemeLimits = {
  milliseconds: 10_000,
  heapMegabytes: 128,
  megabytes: 512,
  pageBytes: 8 * 1024 * 1024,
  timeZone: 'UTC',
};

/** A theme made no page: the reason, for the operator. */
export class ThemeError extends Error {
  override readonly name = 'ThemeError';

  constructor(
    readonly theme: string,
    readonly reason: string,
  ) {
    super(`The theme ${theme} made no page: ${reason}`);
  }
}

/**
 * The page that a theme makes of a JSON Resume, with its policy in it. The theme runs in a process of
 * its own, which may read the theme's files and has nothing else: no environment, no writing, no
 * network, no processes, so much time and memory. Throws ThemeError.
 */
export async function renderTheme(
  theme: Theme,
  resume: unknown,
  limits: Partial<ThemeLimits> = {},
): Promise<string> {
  const folder = await installed(theme);
  const within = { ...LIMITS, ...limits };
  const child = start(theme, folder, within);
  const request: ThemeRequest = { name: theme.isPackage ? theme.name : undefined, resume };
  // It may end before it has read all.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(JSON.stringify(request));
  const answer = await answerOf(child, theme, within);
  if ('error' in answer) throw new ThemeError(theme.name, shortened(answer.error));
  return securePage(answer.page);
}

/** Where it is in truth, since only that is readable. */
async function installed({ name, folder, isPackage }: Theme): Promise<string> {
  const own = isPackage ? join(folder, 'node_modules', name) : folder;
  try {
    await access(join(own, 'package.json'));
    return await realpath(folder);
  } catch {
    const how = `Install it there: npm install --ignore-scripts --prefix ${folder} ${name}`;
    throw new ThemeError(
      name,
      isPackage
        ? `it is not in ${join(folder, 'node_modules')}. ${how}`
        : `there is no package.json in ${folder}.`,
    );
  }
}

function start(theme: Theme, folder: string, limits: ThemeLimits): ChildProcess {
  const readable = [CHILD, theme.isPackage ? join(folder, 'node_modules') : folder];
  const main = pathToFileURL(join(CHILD, 'child.js')).href;
  const args = [
    permissionFlag(),
    ...readable.map((path) => `--allow-fs-read=${join(path, '*')}`),
    '--no-warnings',
    '--no-addons',
    `--max-old-space-size=${limits.heapMegabytes}`,
    '--input-type=module',
    '--eval',
    `import child from ${JSON.stringify(main)}; await child.main((name) => import(name));`,
  ];
  const env = { TZ: limits.timeZone };
  const [command, ...words] = limited([process.execPath, ...args], limits);
  return spawn(command ?? '', words, {
    cwd: folder,
    env,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  });
}

function permissionFlag(): string {
  const { allowedNodeEnvironmentFlags: flags } = process;
  return flags.has('--permission') ? '--permission' : '--experimental-permission';
}

/** Where there is a shell, the system ends it, too, should this process be killed, and lets it write no file. */
function limited(command: readonly string[], { milliseconds }: ThemeLimits): readonly string[] {
  if (process.platform === 'win32') return command;
  const seconds = Math.ceil(milliseconds / 1_000) + 5;
  return [
    '/bin/sh',
    '-c',
    `ulimit -c 0; ulimit -f 0; ulimit -t ${seconds}; exec "$@"`,
    'sh',
    ...command,
  ];
}

async function answerOf(
  child: ChildProcess,
  { name }: Theme,
  limits: ThemeLimits,
): Promise<ThemeAnswer> {
  let fault: string | undefined;
  const stop = (reason: string): void => {
    fault ??= reason;
    child.kill('SIGKILL');
  };
  const answer = collect(child.stdio[3] as Readable, limits.pageBytes, () => {
    stop(`its page has more than ${limits.pageBytes} bytes.`);
  });
  const said = collect(child.stderr as Readable, 64 * 1024, () => stop('it writes without end.'));
  const timer = setTimeout(() => {
    stop(`it took more than ${limits.milliseconds / 1_000} s.`);
  }, limits.milliseconds);
  const watch = setInterval(() => {
    void exceeds(child, limits).then((does) => {
      if (does) stop(`it took more than ${limits.megabytes} MB of memory.`);
    });
  }, 100);
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => {
        resolve();
      });
    });
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
  }
  if (fault !== undefined) throw new ThemeError(name, fault);
  try {
    return JSON.parse(answer()) as ThemeAnswer;
  } catch {
    throw new ThemeError(name, `its process ended${inShort(said())}.`);
  }
}

/** All that comes, unless it is too much; the parts of a text are put together once. */
function collect(stream: Readable, maxBytes: number, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
    else tooMuch();
  });
  return () => Buffer.concat(chunks).toString();
}

async function exceeds({ pid }: ChildProcess, { megabytes }: ThemeLimits): Promise<boolean> {
  const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(status) ?? [];
  return Number(kilobytes ?? 0) > megabytes * 1_024;
}

/** What Node says of why it ended. */
function inShort(said: string): string {
  if (said.includes('heap out of memory')) return ' for want of memory';
  const line = said.split('\n').find((text) => /^\w*Error\b/.test(text));
  return line === undefined ? '' : `: ${shortened(line)}`;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 300 ? line : `${line.slice(0, 299)}…`;
}
