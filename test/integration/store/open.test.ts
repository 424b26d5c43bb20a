import { MIGRATIONS } from '../../../store/src/migrations';
import { createSealer, generateMasterKey, openStore } from '@careerhooks/store';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';

describe.each(DATABASES)('a store on %s', (name) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(name);
  });
  afterEach(() => database.drop());

  test('opens again with its schema as it is', async () => {
    await (await database.open()).close();
    const store = await database.open();
    const rows = await store.read.run('select name from migrations order by name');
    expect(rows).toEqual(MIGRATIONS.map(({ name }) => ({ name })));
  });

  test('is opened by several processes at once', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => database.open()));
    const rows = await stores[3]!.read.run('select name from migrations order by name');
    expect(rows).toEqual(MIGRATIONS.map(({ name }) => ({ name })));
  });

  test('refuses another master key than its own, by name', async () => {
    await database.open();
    await expect(database.open([generateMasterKey()])).rejects.toMatchObject({
      code: 'master_key_unknown',
      message: expect.stringMatching(
        /sealed under master key [0-9a-f]{8}.*CAREERHOOKS_MASTER_KEY/,
      ) as string,
    });
  });

  test('is not made, and not changed, where it has to be there', async () => {
    const sealer = createSealer([generateMasterKey()]);
    const existing = () => openStore({ ...database.location, existing: true, sealer });
    await expect(existing()).rejects.toMatchObject({ code: 'database_missing' });
    await expect(existing()).rejects.toMatchObject({ code: 'database_missing' });

    const older = await openStore({ ...database.location, sealer });
    await (await existing()).close();
    await older.write.run(
      "delete from migrations where name = '0005-challenge-answers-and-url-keys'",
    );
    await older.write.run("insert into migrations values ('9999-later', 1)");
    await older.close();
    await expect(existing()).rejects.toMatchObject({
      code: 'database_outdated',
      message: expect.stringMatching(/older version .*lacks 0005-challenge/) as string,
    });
    await expect(
      openStore({
        ...database.location,
        existing: true,
        sealer: createSealer([generateMasterKey()]),
      }),
    ).rejects.toMatchObject({ code: 'database_outdated' });
  });

  test('lets go of the database when it may not open it', async () => {
    await database.open();
    const refused = openStore({
      ...database.location,
      sealer: createSealer([generateMasterKey()]),
    });
    await expect(refused).rejects.toThrow();
    // Nothing is left that would keep the process alive or the file locked.
    await expect(database.open()).resolves.toBeDefined();
  });
});
