import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePorts } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import { createFolder, type Daemon, giveToUser, startDaemon } from './daemon';

const PROGRAM = '/usr/sbin/pgbouncer';
/** What Debian's package installs. */
const STOCK = '/etc/pgbouncer/pgbouncer.ini';
const ADMINISTRATOR = { user: 'administrator', password: 'of-the-pooler' };

export interface Pgbouncer {
  port: number;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Runs a command of its console: `pause`, `resume`, `show pools`. */
  command(text: string): Promise<Record<string, unknown>[]>;
  log(): string;
}

/**
 * Starts Debian's PgBouncer with its stock configuration, except for where it listens, whom it lets in
 * and the pool mode; resolves when it answers.
 */
export async function startPgbouncer(options: {
  databasePort: number;
  poolMode: 'session' | 'transaction';
  /** Who may connect, with the password that it takes and gives. */
  user: string;
  password: string;
}): Promise<Pgbouncer> {
  const home = createFolder('pgbouncer');
  const [port] = (await freePorts(1)) as [number];
  const users = join(home, 'userlist.txt');
  const people = [ADMINISTRATOR, options].map(({ user, password }) => `"${user}" "${password}"\n`);
  writeFileSync(users, people.join(''));
  const file = join(home, 'pgbouncer.ini');
  writeFileSync(
    file,
    configured(readFileSync(STOCK, 'utf8'), {
      listen_addr: '127.0.0.1',
      listen_port: String(port),
      unix_socket_dir: home,
      logfile: '',
      pidfile: join(home, 'pid'),
      auth_type: 'scram-sha-256',
      auth_file: users,
      admin_users: ADMINISTRATOR.user,
      pool_mode: options.poolMode,
    }).replace('[databases]', `[databases]\n* = host=127.0.0.1 port=${options.databasePort}`),
  );
  for (const path of [users, file]) giveToUser(path);

  let daemon: Daemon;
  const command: Pgbouncer['command'] = async (text) => {
    const client = new Client({
      ...ADMINISTRATOR,
      host: '127.0.0.1',
      port,
      database: 'pgbouncer',
      connectionTimeoutMillis: 2_000,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  const start = async (): Promise<void> => {
    daemon = startDaemon(PROGRAM, [file]);
    await waitUntil(
      () =>
        command('show version').then(
          () => true,
          () => false,
        ),
      (answers) => answers,
    );
  };
  await start();
  return {
    port,
    start,
    kill: () => daemon.end('SIGKILL'),
    command,
    log: () => daemon.output(),
  };
}

/** Sets what the file has, or has commented out, and adds what it has not. */
function configured(text: string, settings: Record<string, string>): string {
  const names = Object.keys(settings).join('|');
  const without = text.replaceAll(new RegExp(`^(${names}) *=.*$`, 'gm'), ';$&');
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return without.replace('[pgbouncer]', ['[pgbouncer]', ...lines].join('\n'));
}
