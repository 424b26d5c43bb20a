import {
  chmod,
  chown,
  copyFile,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateMasterKey } from '@careerhooks/store';
import Sqlite from 'better-sqlite3';
import {
  type CareerHooksProcess,
  instanceSettings,
  PROGRAM,
  runCareerHooks,
  startCareerHooksProcess,
  startProcess,
} from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';
import { event, publish, register, timesReceived, waitForAll } from '../../support/publishing';

let dataDir: string;
let backups: string;
let settings: Record<string, string>;
let receiver: TestReceiver;
let running: CareerHooksProcess | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-data-'));
  backups = await mkdtemp(join(tmpdir(), 'careerhooks-backups-'));
  settings = await instanceSettings(dataDir);
  receiver = await startTestReceiver();
});

afterEach(async () => {
  await running?.end('SIGKILL');
  await receiver.stop();
  await rm(dataDir, { recursive: true, force: true });
  await rm(backups, { recursive: true, force: true });
});

/** Runs a command to its end; gives its exit code and what it said. */
async function run(args: string[], env = settings): Promise<[code: number | null, said: string]> {
  const command = runCareerHooks(args, env);
  const { code } = await command.exited;
  return [code, command.output()];
}

async function start(): Promise<CareerHooksProcess> {
  const careerHooks = await startCareerHooksProcess(settings);
  running = careerHooks;
  await careerHooks.connected();
  return careerHooks;
}

const FOREIGN = { uid: 54_321, gid: 54_322 };

test('a backup under load, restored later: its deliveries, newer endpoints by the journal, owner and mode', async () => {
  const file = join(backups, 'careerhooks.db');
  const first = await start();
  await register(first.call, receiver.url);
  receiver.answer = () => ({ status: 500 });
  const enough = new AbortController();
  let accepted = 0;
  const publishing = publish(first.call, {
    prefix: 'load',
    count: 10_000,
    clients: 4,
    pauseMs: 5,
    until: enough.signal,
    onAccepted: (count) => (accepted = count),
  });
  await waitUntil(
    () => Promise.resolve(accepted),
    (count) => count > 50,
  );
  const begunAt = Date.now();
  const [code, said] = await run(['backup', file]);
  expect([code, said]).toEqual([0, expect.stringMatching(/is a backup of .* MB, checked/)]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(backups)).toEqual(['careerhooks.db']);
  enough.abort();
  const published = await publishing;
  expect(published.refused.size).toBe(0);
  const inBackup = published.accepted.filter(
    (id) => (published.moments.get(id)?.answeredAt ?? Infinity) < begunAt,
  );
  expect(inBackup.length).toBeGreaterThan(10);
  const second = await startTestReceiver();
  await register(first.call, second.url, { events: ['ats.*'] });
  const endpoint = await register(first.call, `${second.url}/later`);
  expect((await first.call('POST', '/v1/events', event('since'))).status).toBe(202);

  expect(await run(['restore', file])).toEqual([1, expect.stringMatching(/runs on .*Stop it/)]);
  await first.end('SIGKILL');
  const owned = process.getuid?.() === 0;
  if (owned) {
    for (const name of await readdir(dataDir)) {
      if (name.startsWith('careerhooks.db'))
        await chown(join(dataDir, name), FOREIGN.uid, FOREIGN.gid);
    }
  }
  const [restored, words] = await run(['restore', file]);
  expect([restored, words]).toEqual([0, expect.stringContaining('kept as')]);
  expect(words).toContain(endpoint);
  expect(Number(/sends (\d+) deliveries/.exec(words)?.[1])).toBeGreaterThanOrEqual(inBackup.length);
  const { mode, uid, gid } = await stat(join(dataDir, 'careerhooks.db'));
  expect(mode & 0o777).toBe(0o600);
  if (owned) expect({ uid, gid }).toEqual(FOREIGN);
  const names = await readdir(dataDir);
  expect(names).not.toContain('careerhooks.db-wal');
  expect(names).toContain('endpoints.journal');
  // The one before, with what was in its log.
  const aside = names.find((name) => /before-[\d-]+$/.test(name))!;
  const kept = new Sqlite(join(dataDir, aside), { readonly: true });
  expect(kept.prepare("select id from events where id = 'since'").all()).toHaveLength(1);
  kept.close();

  receiver.answer = () => ({});
  receiver.requests.length = 0;
  second.requests.length = 0;
  const third = await start();
  expect((await third.call('GET', `/v1/endpoints/${endpoint}`)).body).toMatchObject({
    status: 'active',
  });
  await waitForAll(receiver, inBackup, 100_000);
  // Published again with its own id, since the backup has not got it.
  expect((await third.call('POST', '/v1/events', event('since'))).status).toBe(202);
  await waitForAll(second, ['since'], 30_000);
  await waitForAll(receiver, ['since'], 30_000);
  expect(timesReceived(receiver).get('since')).toBe(1);
  expect(await third.end('SIGTERM')).toMatchObject({ code: 0 });
  await second.stop();
}, 180_000);

test('what is no backup, or not one for here, is refused, and nothing is changed', async () => {
  const careerHooks = await start();
  await careerHooks.end('SIGTERM');
  const file = join(dataDir, 'careerhooks.db');
  const good = join(backups, 'good.db');
  expect((await run(['backup', good]))[0]).toBe(0);
  expect(await run(['backup', good])).toEqual([1, expect.stringMatching(/exists.*--force/)]);
  expect((await run(['backup', good, '--force']))[0]).toBe(0);
  expect(await run(['backup', file, '--force'])).toEqual([1, expect.stringContaining('itself')]);

  const damaged = join(backups, 'damaged.db');
  const bytes = await readFile(good);
  await writeFile(damaged, bytes.fill(0x5a, 8192, 40_960));
  const text = join(backups, 'text');
  await writeFile(
    text,
    'no database at all, but some words that are long enough for a header'.repeat(9),
  );
  const other = join(backups, 'other.db');
  new Sqlite(other).exec('create table t (a)').close();
  const newer = join(backups, 'newer.db');
  await copyFile(good, newer);
  new Sqlite(newer).exec("insert into migrations values ('9999-later', 1)").close();
  const before = await readFile(file);
  const names = await readdir(dataDir);
  for (const [path, words] of [
    [damaged, /is damaged/],
    [text, /damaged, or is not a database/],
    [other, /not a database of CareerHooks/],
    [newer, /newer version.*9999-later/],
    [file, /the database itself/],
    [join(backups, 'missing.db'), /There is no file/],
  ] as const) {
    expect(await run(['restore', path])).toEqual([1, expect.stringMatching(words)]);
  }
  expect(
    await run(['restore', good], { ...settings, CAREERHOOKS_MASTER_KEY: generateMasterKey() }),
  ).toEqual([78, expect.stringContaining('sealed under master key')]);
  const postgres = { ...settings, DATABASE_URL: 'postgres://localhost/nowhere' };
  expect(await run(['backup', good], postgres)).toEqual([1, expect.stringContaining('pg_dump')]);
  expect(await run(['restore', good], postgres)).toEqual([
    1,
    expect.stringContaining('pg_restore'),
  ]);
  expect((await readFile(file)).equals(before)).toBe(true);
  expect(await readdir(dataDir)).toEqual(names);
}, 120_000);

test('only its owner may read a backup, whatever the umask, and what it replaces', async () => {
  await (await start()).end('SIGTERM');
  const file = join(backups, 'careerhooks.db');
  const backUp = (umask: string) =>
    startProcess(
      'sh',
      [
        '-c',
        `umask ${umask}; exec "$@"`,
        'sh',
        process.execPath,
        PROGRAM,
        'backup',
        file,
        '--force',
      ],
      settings,
    ).exited;
  const mode = async () => ((await stat(file)).mode & 0o777).toString(8);
  for (const umask of ['000', '022', '277']) {
    await writeFile(file, 'for all to read');
    await chmod(file, 0o666);
    expect(await backUp(umask)).toMatchObject({ code: 0 });
    expect([umask, await mode()]).toEqual([umask, '600']);
    await rm(file);
    expect(await backUp(umask)).toMatchObject({ code: 0 });
    expect([umask, await mode()]).toEqual([umask, '600']);
  }
  expect(await readdir(backups)).toEqual(['careerhooks.db']);
}, 60_000);
