import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  createSealer,
  generateMasterKey,
  listEvents,
  openStore,
  probeAccepting,
  type Store,
} from '@careerhooks/store';
import { rowsOf } from '../../../store/src/sql';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import { itWithDisk, mountSmallDisk, type SmallDisk } from '../../support/small-disk';
import { deliveries, publish, register } from './fixtures';

const ROOM = 1 << 20;

describe.each(DATABASES)('%s: a probe of whether events are accepted', (name) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = await createDatabase(name);
    store = await database.open();
    await register(store);
  });

  afterAll(() => database.drop());

  it('leaves nothing behind, and makes no delivery', async () => {
    await publish(store, { id: 'before' });
    await probeAccepting(store, 0);
    await probeAccepting(store, ROOM);
    await publish(store, { id: 'after' });
    const { data } = await listEvents(store, {}, {}, { limit: 10 });
    expect(data.map(({ id }) => id)).toEqual(['after', 'before']);
    expect((await deliveries(store)).map(({ eventId }) => eventId)).toEqual(['before', 'after']);
  });

  it('may run at any number of processes at once', async () => {
    const others = await Promise.all([database.open(), database.open()]);
    const all = [store, ...others].flatMap((each) =>
      [0, 0, ROOM].map((b) => probeAccepting(each, b)),
    );
    await expect(Promise.all(all)).resolves.toBeDefined();
  });
});

/** A database whose events are on a file system of their own. */
async function onSmallDisk(
  name: (typeof DATABASES)[number],
  disk: SmallDisk,
): Promise<{ store: Store; drop: () => Promise<void> }> {
  if (name === 'sqlite') {
    const sealer = createSealer([generateMasterKey()]);
    const store = await openStore({ file: join(disk.folder, 'careerhooks.db'), sealer });
    return { store, drop: () => store.close() };
  }
  const database = await createDatabase('postgres');
  const store = await database.open();
  const [row] = await rowsOf<{ folder: string }>(
    store.write,
    `select current_setting('data_directory') as folder`,
  );
  const { uid, gid } = statSync(row?.folder ?? '');
  const folder = join(disk.folder, 'tablespace');
  mkdirSync(folder, { mode: 0o700 });
  chownSync(folder, uid, gid);
  await rowsOf(store.write, `create tablespace small location '${folder}'`);
  await rowsOf(store.write, 'alter table events set tablespace small');
  return {
    store,
    async drop() {
      await rowsOf(store.write, 'alter table events set tablespace pg_default');
      await rowsOf(store.write, 'drop tablespace small');
      await database.drop();
    },
  };
}

itWithDisk.each(DATABASES)(
  '%s: on a disk with little room left, only a probe that needs as much as the largest event fails',
  async (name) => {
    const disk = await mountSmallDisk(16);
    const { store, drop } = await onSmallDisk(name, disk);
    try {
      await publish(store);
      disk.fill(ROOM / 2);
      await publish(store);
      await probeAccepting(store, 0);
      await expect(probeAccepting(store, ROOM)).rejects.toThrow();
      await expect(
        publish(store, { data: JSON.stringify({ text: randomBytes(ROOM).toString('base64') }) }),
      ).rejects.toThrow();
      await publish(store);
      await probeAccepting(store, 0);
      await disk.free();
      await probeAccepting(store, ROOM);
    } finally {
      await disk.free();
      await drop();
      await disk.remove();
    }
  },
);
