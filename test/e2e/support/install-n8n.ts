import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { installOnce, type Report } from '../../support/install-once';

/**
 * The n8n that the package is proved in: the newest that the registry can install, or the one that
 * `TEST_N8N_VERSION` names. 2.33.7 is the oldest that is held to the same tests.
 */
const N8N_VERSION = process.env.TEST_N8N_VERSION ?? '2.41.1';

/** A Node.js that all of them take. */
const NODE_VERSION = '24.21.0';

/** npm publishes Node.js itself as a package for each platform. */
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

/** An n8n that is ready to run. */
export interface InstalledN8n {
  /** The Node.js to run it with. */
  node: string;
  /** Its program. */
  n8n: string;
  /** Where its packages are, for what tests take from there. */
  modules: string;
}

/** Installs n8n once into the user's cache, or into `TEST_N8N_DIR`: about five minutes and 2.7 GB. */
export async function installN8n(report: Report): Promise<InstalledN8n> {
  const folder =
    process.env.TEST_N8N_DIR ?? join(homedir(), '.cache', 'careerhooks', `n8n-${N8N_VERSION}`);
  const install = (partial: string) => installInto(partial, folder, report);
  const installed = programsIn(folder);
  await installOnce(folder, relative(folder, installed.n8n), install, report);
  return installed;
}

function programsIn(folder: string): InstalledN8n {
  const modules = join(folder, 'node_modules');
  return {
    modules,
    node: join(modules, NODE_PACKAGE, 'bin', 'node'),
    n8n: join(modules, 'n8n', 'bin', 'n8n'),
  };
}

async function installInto(partial: string, folder: string, report: Report): Promise<void> {
  report(`Installing n8n ${N8N_VERSION} into ${folder}: once, about 5 minutes and 2.7 GB.`);
  await writeFile(join(partial, 'package.json'), '{ "private": true }\n');
  await npm(['install', ...QUIET, `${NODE_PACKAGE}@${NODE_VERSION}`], partial);
  report(`Node.js ${NODE_VERSION} is there; n8n's packages are next.`);
  await npm(['install', ...QUIET, `n8n@${N8N_VERSION}`], partial);
  report("n8n's packages are there; compiling SQLite for them.");
  // Of all install scripts, the one of the database driver is the only one that n8n needs here.
  await npm(['rebuild', 'sqlite3'], partial);
  report(`n8n ${N8N_VERSION} is installed.`);
}

const QUIET = ['--ignore-scripts', '--save-exact', '--no-audit', '--no-fund', '--loglevel=error'];

/** Runs npm in the folder, with the folder's own Node.js as soon as that is there. */
async function npm(args: string[], cwd: string): Promise<void> {
  const { node } = programsIn(cwd);
  const child = spawn('npm', args, {
    cwd,
    env: {
      ...process.env,
      PATH: [dirname(node), process.env.PATH].join(delimiter),
      // Headers from the same package: node-gyp needs no other download.
      npm_config_nodedir: dirname(dirname(node)),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, output } = await endOf(child);
  if (code !== 0) {
    throw new Error(
      `n8n could not be installed: \`npm ${args.join(' ')}\` failed (${code}). The end-to-end tests ` +
        `need a package registry, a C++ compiler and Python 3.\n${output.slice(-4000)}`,
    );
  }
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = '';
  child.stdout?.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
