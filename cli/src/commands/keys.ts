import { createInvitation, createKey, listKeys, revokeKey } from '@careerhooks/store';
import { findSystem } from '@careerhooks/systems';
import { type Command, Option } from 'commander';
import { readSettings, SetupError } from '../settings';
import { knownSystem } from './known-system';
import { print } from './output';
import { localUrl } from './running-api';
import { withStore } from './with-store';

interface NewKey {
  system: string;
  user?: string;
  scopes: ('publish' | 'manage')[];
}

/** `keys`: create, invite, list and revoke. */
export function addKeysCommands(program: Command): void {
  const keys = program
    .command('keys')
    .description('make, list and revoke keys, in the database itself');
  addCreate(keys);
  addInvite(keys);
  addList(keys);
  addRevoke(keys);
}

function addCreate(keys: Command): void {
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
}

function addInvite(keys: Command): void {
  keys
    .command('invite')
    .description(
      'make a link by which somebody else makes a key for themselves, once, and print it',
    )
    .requiredOption('--system <system>', 'the system that the key is for', knownSystem)
    .option('--user <user>', 'the one user that it acts for; else all of the system')
    .addOption(
      new Option('--scopes <scopes...>').choices(['publish', 'manage']).default(['manage']),
    )
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
}

function addList(keys: Command): void {
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
}

function addRevoke(keys: Command): void {
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
}

function wholeHours(text: string): number {
  const hours = Number(text);
  if (/^\d+$/.test(text) && hours >= 1 && hours <= 720) return hours;
  throw new SetupError(`--hours must be a whole number from 1 to 720, not "${text}".`);
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
