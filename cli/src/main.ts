import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createInvitation,
  createKey,
  listKeys,
  resealAll,
  revokeKey,
  type Store,
} from '@careerhooks/store';
import { findSystem, noSuchSystem, systems } from '@careerhooks/systems';
import { Command, Option } from 'commander';
import { existingAdminToken } from './admin-token';
import { type ApiClient, createApiClient } from './api-client';
import { backup } from './backup';
import { endOnClosedOutput } from './closed-output';
import { openExistingStore } from './existing-store';
import { terminal } from './cv/ask';
import { exportFile } from './cv/export-file';
import { importFile } from './cv/import-file';
import { exitCodeOf, isForeseen } from './failure';
import { addFont, type AddFontSettings } from './fonts/add-font';
import { listFonts } from './fonts/list-fonts';
import { listenCommand } from './listen/command';
import { restore } from './restore';
import { runService } from './run-service';
import { readSettings, type Settings, SetupError } from './settings';

// Of the commands, those that run the engine are loaded when they are asked for: it takes a second.

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Beside what a command gives. */
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

// What is made is for its owner alone, in a data folder that others may look into, too.
process.umask(0o077);
endOnClosedOutput();

const { version } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')) as {
  version: string;
};

const program = new Command('careerhooks')
  .version(version)
  .description('The webhook system of career products: signed, verified, retried deliveries.');

program
  .command('start')
  .description('run everything: API, worker and, unless TEMPORAL_ADDRESS is set, Temporal')
  .action(() =>
    runService(async () => {
      const { startCommand } = await import('./start/command.js');
      await startCommand(readSettings(process.env));
    }),
  );

program
  .command('server')
  .description('run the API alone, beside any number of servers and workers, on PostgreSQL')
  .action(() =>
    runService(async () => {
      const { serverCommand } = await import('./start/server-command.js');
      await serverCommand(readSettings(process.env));
    }),
  );

program
  .command('worker')
  .description('make deliveries alone, beside any number of servers and workers, on PostgreSQL')
  .action(() =>
    runService(async () => {
      const { workerCommand } = await import('./start/worker-command.js');
      await workerCommand(readSettings(process.env));
    }),
  );

program
  .command('demo')
  .description('publish every documented example event to receivers written as the documents show')
  .action(async () => {
    const { demoCommand } = await import('./demo/command.js');
    await demoCommand(readSettings(process.env), print);
  });

program
  .command('listen')
  .description("receive a system's events on this machine and print them")
  .argument('<system>', `one of ${[...systems.keys()].join(', ')}`, knownSystem)
  .option('--events <patterns>', 'event types and wildcards, separated by commas', '*')
  .option('--port <port>', 'where to listen', portNumber, 3401)
  .option('--url <url>', 'where CareerHooks is; else on this machine, at PORT')
  .option('--token <token>', "a key with the scope manage; else the data folder's admin token")
  .action(async (system: string, options: ListenOptions) => {
    await listenCommand({
      api: runningApi(options),
      system,
      events: options.events.split(','),
      port: options.port,
      print,
    });
  });

interface NewKey {
  system: string;
  user?: string;
  scopes: ('publish' | 'manage')[];
}

/** Which running CareerHooks a command talks to. */
interface InstanceOptions {
  url?: string;
  token?: string;
}

interface ListenOptions extends InstanceOptions {
  events: string;
  port: number;
}

function runningApi({ url, token }: InstanceOptions): ApiClient {
  const bearer = token ?? existingAdminToken(readSettings(process.env));
  return createApiClient(url ?? localUrl(), bearer);
}

function localUrl(): string {
  return `http://127.0.0.1:${readSettings(process.env).port}`;
}

const keys = program
  .command('keys')
  .description('make, list and revoke keys, in the database itself');

keys
  .command('create')
  .description('make a key and print its token, once')
  .requiredOption('--system <system>', 'the system that it is for', knownSystem)
  .option('--user <user>', 'the one user that it acts for; else all of the system')
  .addOption(
    new Option('--scopes <scopes...>')
      .choices(['publish', 'manage'])
      .default(['publish', 'manage']),
  )
  .action((options: NewKey) => {
    const wanted = checkNewKey(options);
    return withStore(async (store) => {
      const { key, token } = await createKey(store, wanted);
      print(`${key.id}\n${token}`);
    });
  });

keys
  .command('invite')
  .description('make a link by which somebody else makes a key for themselves, once, and print it')
  .requiredOption('--system <system>', 'the system that the key is for', knownSystem)
  .option('--user <user>', 'the one user that it acts for; else all of the system')
  .addOption(new Option('--scopes <scopes...>').choices(['publish', 'manage']).default(['manage']))
  .option('--hours <hours>', 'how long the link is good', wholeHours, 24)
  .action((options: NewKey & { hours: number }) => {
    const wanted = checkNewKey(options);
    return withStore(async (store) => {
      const { invitationLink } = await import('@careerhooks/server');
      const lifetimeMs = options.hours * 60 * 60 * 1000;
      const { code } = await createInvitation(store, { ...wanted, lifetimeMs });
      print(invitationLink(readSettings(process.env).publicUrl ?? localUrl(), code));
    });
  });

keys
  .command('list')
  .description('list keys, newest first')
  .action(() =>
    withStore(async (store) => {
      const { data } = await listKeys(store, { limit: 1000 });
      for (const key of data) {
        const state = key.revokedAt === null ? 'live' : 'revoked';
        print(
          [key.id, key.system, key.user ?? '(all users)', key.scopes.join('+'), state].join('  '),
        );
      }
    }),
  );

keys
  .command('revoke')
  .description('end a key at once')
  .argument('<id>')
  .action((id: string) =>
    withStore(async (store) => {
      if ((await revokeKey(store, id)) === undefined)
        throw new SetupError(`There is no key ${id}.`);
      print(`${id} is revoked.`);
    }),
  );

program
  .command('reseal')
  .description(
    'seal all secrets under the first key of CAREERHOOKS_MASTER_KEY; then the older ones can go',
  )
  .action(() =>
    withStore(async (store) => print(`${await resealAll(store)} secrets were sealed again.`)),
  );

program
  .command('fetch-temporal')
  .description(
    "find the Temporal CLI that start runs, or download it, and print the executable's path",
  )
  .argument('[folder]', "where to put it, as `temporal`; else the user's cache")
  .action(async (folder: string | undefined) => {
    const { fetchTemporal } = await import('./fetch-temporal.js');
    print(await fetchTemporal(readSettings(process.env), folder, tell));
  });

const fonts = program.command('fonts').description('fonts of more scripts for the PDF of the CV');

fonts
  .command('add')
  .description("download fonts from npm's registry into the folder of CV_FONTS")
  .argument('<name...>', 'as `fonts list` has them: japanese')
  .action(async (names: string[]) => {
    const settings = readSettings(process.env);
    for (const name of names) print(await addFont(name, fontsOf(settings)));
  });

fonts
  .command('list')
  .description('list the fonts that can be added, and those that are there')
  .action(() => {
    for (const line of listFonts(readSettings(process.env))) print(line);
  });

function fontsOf(settings: Settings): AddFontSettings {
  const { production, allowCidrs, cv, env } = settings;
  const egressPolicy = { httpsOnly: production, publicOnly: production, allow: allowCidrs };
  return { folder: cv.fonts.folder, env, egressPolicy };
}

program
  .command('backup')
  .description('copy the SQLite database to a file, also while CareerHooks runs')
  .argument('<file>', 'where to; its folder must exist')
  .option('--force', 'replace the file, where there is one', false)
  .action((target: string, { force }: { force: boolean }) =>
    backup(readSettings(process.env), { target, force }, print),
  );

program
  .command('restore')
  .description('put a backup in the place of the SQLite database, while CareerHooks does not run')
  .argument('<file>', 'a copy that backup has made, or sqlite3')
  .action((source: string) => restore(readSettings(process.env), source, print));

const cv = program.command('cv').description('import and export the CV of a running CareerHooks');

cv.command('import')
  .description('say what a JSON Resume changes in the CV, and import it')
  .argument('<file>', 'the JSON Resume; - for standard input')
  .option('--dry-run', 'only say what would change', false)
  .option('--yes', 'do not ask', false)
  .option('--url <url>', 'where CareerHooks is; else on this machine, at PORT')
  .option(
    '--token <token>',
    "a key for cv with the scope manage; else the data folder's admin token",
  )
  .action((source: string, options: InstanceOptions & { dryRun: boolean; yes: boolean }) =>
    importFile({ ...options, api: runningApi(options), source, print, confirm: terminal() }),
  );

cv.command('export')
  .description('write the CV as JSON Resume')
  .argument('[file]', 'where to; else, and for -, standard output', '-')
  .option('--force', 'replace the file, where there is one', false)
  .option('--url <url>', 'where CareerHooks is; else on this machine, at PORT')
  .option('--token <token>', "a key for cv; else the data folder's admin token")
  .action((target: string, options: InstanceOptions & { force: boolean }) =>
    exportFile({ force: options.force, api: runningApi(options), target, print }),
  );

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openExistingStore(readSettings(process.env));
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new SetupError(`--port must be a port number, not "${text}".`);
}

function wholeHours(text: string): number {
  const hours = Number(text);
  if (/^\d+$/.test(text) && hours >= 1 && hours <= 720) return hours;
  throw new SetupError(`--hours must be a whole number from 1 to 720, not "${text}".`);
}

function knownSystem(key: string): string {
  if (findSystem(key) !== undefined) return key;
  throw new SetupError(noSuchSystem(key));
}

/** The key as it is made. Throws SetupError, as the API does, for a user to whom nothing would ever go. */
function checkNewKey({
  system,
  user,
  scopes,
}: NewKey): Omit<NewKey, 'user'> & { user: string | null } {
  if (user?.trim() === '') throw new SetupError('--user must not be blank.');
  if (user !== undefined && findSystem(system)?.soleUser !== undefined) {
    throw new SetupError(`${system} has no users: make the key without --user.`);
  }
  return { system, user: user ?? null, scopes: [...new Set(scopes)] };
}

program.parseAsync().catch((error: unknown) => {
  const text = isForeseen(error)
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = exitCodeOf(error);
});
