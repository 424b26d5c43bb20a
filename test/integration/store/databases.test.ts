import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '@careerhooks/store';
import { inTransaction, rowsOf } from '../../../store/src/sql';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import { waitUntil } from '../../support/wait-until';

describe.each(DATABASES)('statements on %s', (name) => {
  let database: TestDatabase;
  let store: Store;

  beforeEach(async () => {
    database = await createDatabase(name);
    store = await database.open();
    await store.write.run('create table notes (id integer primary key, text text)');
  });
  afterEach(() => database.drop());

  const note = 'insert into notes (id, text) values (?, ?)';
  const notes = () => rowsOf(store.read, 'select id, text from notes order by id');

  test('give their rows, those of RETURNING too, and none where there are none', async () => {
    expect(await rowsOf(store.write, `${note} returning id, text`, [1, 'a'])).toEqual([
      { id: 1, text: 'a' },
    ]);
    expect(await rowsOf(store.write, 'delete from notes')).toEqual([]);
    await expect(rowsOf(store.read, 'select * from nothing')).rejects.toMatchObject({
      message: expect.stringContaining('nothing') as string,
    });
  });

  test('of a transaction that fails leave nothing, and the next one goes on', async () => {
    const failed = inTransaction(store, async (transaction) => {
      await transaction.run(note, [1, 'a']);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await inTransaction(store, (transaction) => transaction.run(note, [2, 'b']));
    expect(await notes()).toEqual([{ id: 2, text: 'b' }]);
  });

  test('beside an open transaction are no part of it', async () => {
    const failed = inTransaction(store, async (transaction) => {
      await transaction.run(note, [1, 'a']);
      await sleep(20);
      throw new Error('no');
    });
    const beside = rowsOf(store.write, note, [2, null]);
    expect(await notes()).not.toContainEqual({ id: 1, text: 'a' });
    await expect(failed).rejects.toThrow('no');
    await beside;
    expect(await notes()).toEqual([{ id: 2, text: null }]);
  });

  // On SQLite there is one process, whose statements wait for one another.
  const onPostgres = name === 'postgres' ? test : test.skip;
  onPostgres(
    'of a transaction that stands still hold nobody up for long',
    async () => {
      const other = await database.open();
      await store.write.run(note, [1, 'a']);
      let locked = (): void => undefined;
      const isLocked = new Promise<void>((resolve) => (locked = resolve));
      const still = store.write.transaction(async (transaction) => {
        await transaction.run('select * from notes for update');
        locked();
        await sleep(13_000);
        await transaction.run(note, [2, 'b']);
      });
      const ended = expect(still).rejects.toThrow();
      await isLocked;
      const clear = () => other.write.run('delete from notes');
      await expect(clear()).rejects.toMatchObject({ outage: 'locked' });
      await waitUntil(
        () => clear().then(notes, () => [{ id: 1, text: 'a' }]),
        (left) => left.length === 0,
        12_000,
      );
      await ended;
      expect(await notes()).toEqual([]);
    },
    30_000,
  );

  test('in a long row let timers and requests have their turn', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    const endsAt = performance.now() + 200;
    while (performance.now() < endsAt) await notes();
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });
});
