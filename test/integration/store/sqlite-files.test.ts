import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, rename, rm, stat, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  backupSqlite,
  createSealer,
  generateMasterKey,
  listEvents,
  openStore,
  type Store,
  type Trouble,
} from '@careerhooks/store';
import Sqlite from 'better-sqlite3';
import { waitUntil } from '../../support/wait-until';
import { publish } from './fixtures';

const sealer = createSealer([generateMasterKey()]);
let folder: string;
let file: string;
let stores: Store[];
let troubles: Trouble[];
let published: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careerhooks-files-'));
  file = join(folder, 'careerhooks.db');
  stores = [];
  troubles = [];
  published = [];
});

afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await rm(folder, { recursive: true });
});

/** As a process that runs opens it. */
async function run(path = file): Promise<Store> {
  const onTrouble = (trouble: Trouble) => void troubles.push(trouble);
  const store = await openStore({ file: path, sole: true, sealer, onTrouble });
  stores.push(store);
  return store;
}

async function stop(store: Store): Promise<void> {
  await store.close();
  stores = stores.filter((other) => other !== store);
}

async function accept(store: Store, count = 1): Promise<void> {
  for (let left = count; left > 0; left -= 1) {
    const id = `event_${published.length}`;
    await publish(store, { id });
    published.push(id);
  }
}

async function eventsOf(store: Store): Promise<string[]> {
  const { data } = await listEvents(store, {}, {}, { limit: 1000 });
  return data.map(({ id }) => id).reverse();
}

/** What a kill at this moment would leave, in a folder of its own. */
async function killed(): Promise<string> {
  const other = await mkdtemp(join(folder, 'killed-'));
  for (const name of await readdir(folder)) {
    if (name.startsWith('careerhooks.db')) await copyFile(join(folder, name), join(other, name));
  }
  return join(other, 'careerhooks.db');
}

async function saved(): Promise<string> {
  const { name } = await waitUntil(
    async () => ({ name: (await readdir(folder)).find((entry) => /saved-[\d-]+$/.test(entry)) }),
    () => troubles.some(({ message }) => message.startsWith('saved')),
  );
  return join(folder, name!);
}

const REPLACED = { code: 'database_unavailable', outage: 'replaced' };

describe('while it is open', () => {
  test('a write-ahead log that is deleted takes nothing along', async () => {
    const store = await run();
    await accept(store, 5);
    await unlink(`${file}-wal`);
    await accept(store, 5);
    expect(troubles).toMatchObject([{ level: 'error' }]);
    expect(troubles[0]!.message).toMatch(/deleted .*nothing is lost/);
    const left = await killed();
    await expect(eventsOf(await run(left))).resolves.toEqual(published);
  });

  test('that is seen within a second or two, though nobody writes', async () => {
    const store = await run();
    await accept(store, 5);
    await unlink(`${file}-wal`);
    await unlink(`${file}-shm`);
    await waitUntil(
      () => Promise.resolve(troubles),
      ({ length }) => length > 0,
    );
    await accept(store, 5);
    expect(await eventsOf(store)).toEqual(published);
    const left = await killed();
    await expect(eventsOf(await run(left))).resolves.toEqual(published);
  });

  test('while another process reads the deleted log, nothing is accepted; then all of it is', async () => {
    const store = await run();
    await accept(store, 5);
    const reader = new Sqlite(file);
    reader.exec('begin; select * from events');
    await accept(store, 5);
    await unlink(`${file}-wal`);
    await expect(publish(store)).rejects.toMatchObject(REPLACED);
    const copy = await saved();
    reader.close();
    await waitUntil(
      () => Promise.resolve(troubles.at(-1)!),
      ({ message }) => message.includes('nothing is lost'),
    );
    await accept(store, 1);
    expect(await eventsOf(store)).toEqual(expect.arrayContaining(published));
    expect((await stat(copy)).mode & 0o777).toBe(0o600);
  });

  test('a file that is put in its place is not written to; what was accepted is saved', async () => {
    const store = await run();
    await accept(store, 5);
    const backup = join(folder, 'backup.db');
    await backupSqlite(file, backup, { force: false });
    await accept(store, 5);
    await rename(backup, file);
    await expect(publish(store)).rejects.toMatchObject(REPLACED);
    await expect(listEvents(store, {}, {}, { limit: 1 })).rejects.toMatchObject(REPLACED);
    const copy = await saved();
    expect(troubles[0]!.message).toContain(`careerhooks restore ${copy}`);
    await stop(store);

    await expect(run()).rejects.toMatchObject({
      code: 'database_unusable',
      message: expect.stringContaining(copy) as string,
    });
    expect(await eventsOf(await run(copy))).toEqual(expect.arrayContaining(published));
  });

  test('a file that is deleted with all that is beside it is saved', async () => {
    const store = await run();
    await accept(store, 5);
    for (const ending of ['', '-wal', '-shm']) await unlink(`${file}${ending}`);
    const copy = await saved();
    await expect(publish(store)).rejects.toMatchObject(REPLACED);
    await stop(store);
    expect(await eventsOf(await run(copy))).toEqual(published);
    // To begin with an empty one would hide it.
    await expect(run()).rejects.toThrow(/is missing.*careerhooks restore/);
  });

  test('a file that was moved away and is back is used again', async () => {
    const store = await run();
    await accept(store, 5);
    await rename(file, `${file}.moved`);
    await expect(publish(store)).rejects.toMatchObject(REPLACED);
    await saved();
    await rename(`${file}.moved`, file);
    await waitUntil(
      () => Promise.resolve(troubles.at(-1)!),
      ({ message }) => message.includes('again'),
    );
    await accept(store, 1);
  });

  test('a write-ahead log that was moved away while another process has it open, and is back, is used again', async () => {
    const store = await run();
    await accept(store, 5);
    const reader = new Sqlite(file);
    reader.exec('select * from events');
    await rename(`${file}-wal`, `${file}-wal.moved`);
    await expect(publish(store)).rejects.toMatchObject(REPLACED);
    await saved();
    await rename(`${file}-wal.moved`, `${file}-wal`);
    await waitUntil(
      () => Promise.resolve(troubles.at(-1)!),
      ({ message }) => message.includes('again'),
    );
    await accept(store, 1);
    expect(await eventsOf(store)).toEqual(expect.arrayContaining(published));
    reader.close();
  });

  test('a link to it is followed: nobody misses the write-ahead log, which lies beside the file itself', async () => {
    const real = join(folder, 'elsewhere.db');
    await stop(await run(real));
    await symlink(real, file);
    const store = await run();
    await accept(store, 3);
    await sleep(1_200);
    await accept(store);
    expect([troubles, await eventsOf(store)]).toEqual([[], published]);
    expect(store.walBytes?.()).toBeGreaterThan(0);
  });

  test('a write-ahead log that is replaced stops it, and is not deleted at the end', async () => {
    const store = await run();
    await accept(store, 5);
    await copyFile(`${file}-shm`, join(folder, 'foreign'));
    await rename(join(folder, 'foreign'), `${file}-wal`);
    await expect(publish(store)).rejects.toMatchObject(REPLACED);
    await stop(store);
    expect(await readdir(folder)).toContainEqual(expect.stringMatching(/-wal\.found-/));
    expect(await eventsOf(await run())).toEqual(expect.arrayContaining(published));
  });

  test('damage that it meets is an outage, and told', async () => {
    const store = await run();
    await accept(store, 200);
    await stop(store);
    const again = await run();
    damage(file);
    await expect(eventsOf(again)).rejects.toMatchObject({
      code: 'database_unavailable',
      outage: 'damaged',
      cause: { code: expect.stringMatching(/^SQLITE_(CORRUPT|NOTADB)/) as string },
    });
    expect(troubles).toMatchObject([{ level: 'error' }]);
  });

  test('a lock of another process is an outage', async () => {
    const store = await run();
    const other = new Sqlite(file);
    other.exec('begin immediate');
    await expect(store.write.run("delete from settings where name = ''")).rejects.toMatchObject({
      outage: 'locked',
      cause: { code: 'SQLITE_BUSY' },
    });
    other.close();
  });

  test('the write-ahead log is cut when a reader that made it long has gone', async () => {
    const store = await run();
    await accept(store);
    const reader = new Sqlite(file);
    reader.exec('begin; select * from events');
    const write = (megabytes: number) =>
      store.write.transaction((transaction) =>
        transaction.run('insert into settings (name, value) values (?, hex(zeroblob(?)))', [
          `filler_${Math.random()}`,
          megabytes * 500_000,
        ]),
      );
    await write(90);
    expect(store.walBytes?.()).toBeGreaterThan(90_000_000);
    reader.close();
    await write(1);
    await write(1);
    await accept(store);
    expect(store.walBytes?.()).toBeLessThanOrEqual(64 * 1024 * 1024);
  });
});

describe('at the start', () => {
  test('what a kill has left is brought in', async () => {
    const store = await run();
    await accept(store, 5);
    const left = await killed();
    expect((await stat(`${left}-wal`)).size).toBeGreaterThan(0);
    expect(await eventsOf(await run(left))).toEqual(published);
  });

  test('what a kill of an older version has left is, too', async () => {
    const store = await run();
    await accept(store, 5);
    const left = await killed();
    await unlink(`${left}-run`);
    expect(await eventsOf(await run(left))).toEqual(published);
  });

  /** As `.backup` of sqlite3 does. */
  const backUp = async (from: string, to: string) => {
    const source = new Sqlite(from, { readonly: true });
    await source.backup(to);
    source.close();
  };
  const contents = (left: string) => ['', '-wal'].map((ending) => readFileSync(`${left}${ending}`));

  test.each([
    {
      what: 'our backup of the same run',
      take: (_: string, running: string, to: string) => backupSqlite(running, to, { force: false }),
    },
    {
      what: "SQLite's backup of the same run",
      take: (_: string, running: string, to: string) => backUp(running, to),
    },
    {
      what: "SQLite's backup, where nothing is known of the run",
      take: (_: string, running: string, to: string) => backUp(running, to),
      without: '-run',
    },
    {
      what: 'a copy of an earlier run',
      take: (earlier: string, _: string, to: string) => copyFile(earlier, to),
    },
  ])('$what beside a foreign write-ahead log is refused', async ({ take, without }) => {
    const store = await run();
    await accept(store, 5);
    await stop(store);
    const running = await killed();
    const next = await run(running);
    const backup = join(folder, 'backup.db');
    await take(file, running, backup);
    await publish(next, { id: 'later', data: JSON.stringify('x'.repeat(100_000)) });
    // It is killed, and the backup is put in the place of the database alone.
    const left = join(folder, 'left.db');
    for (const ending of ['-wal', '-run']) {
      if (ending !== without) await copyFile(`${running}${ending}`, `${left}${ending}`);
    }
    await rename(backup, left);
    const before = contents(left);
    await expect(run(left)).rejects.toMatchObject({
      code: 'database_unusable',
      message: expect.stringMatching(
        /not the one that .*-wal belongs to.*move .*-wal away/,
      ) as string,
    });
    expect(contents(left)).toEqual(before);
    // As the sentence says.
    await rename(`${left}-wal`, `${left}-wal.away`);
    expect(await eventsOf(await run(left))).toEqual(published);
  });

  test('a damaged file is refused, and left as it is', async () => {
    const store = await run();
    await accept(store, 200);
    await stop(store);
    damage(file);
    const before = readFileSync(file);
    await expect(run()).rejects.toMatchObject({
      code: 'database_unusable',
      message: expect.stringMatching(/is damaged.*careerhooks restore/) as string,
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a large one is refused as soon as it is known, which a start does not wait for', async () => {
    const store = await run();
    await accept(store, 200);
    await store.write.run(
      "insert into settings (name, value) values ('filler', hex(zeroblob(35000000)))",
    );
    await stop(store);
    damage(file);
    const again = await run();
    const error = await waitUntil(
      () => again.write.run('select 1').catch((failure: unknown) => failure),
      (answer) => answer instanceof Error,
      60_000,
    );
    expect(error).toMatchObject({ code: 'database_unavailable', outage: 'damaged' });
    expect(troubles).toMatchObject([{ level: 'error' }]);
  });
});

/** Makes what events are found by unreadable; the first page stays. */
function damage(path: string): void {
  const database = new Sqlite(path, { readonly: true });
  const roots = database
    .prepare("select rootpage from sqlite_schema where tbl_name = 'events' and rootpage > 0")
    .all() as { rootpage: number }[];
  database.close();
  const target = openSync(path, 'r+');
  for (const { rootpage } of roots) {
    writeSync(target, Buffer.alloc(4096, 0x5a), 0, 4096, (rootpage - 1) * 4096);
  }
  closeSync(target);
}
