import { type Listening, notifyDispatchers, type Store, type WakeUp } from '@careerhooks/store';
import { rowsOf } from '../../../store/src/sql';
import { controlPostgres, createDatabase, type TestDatabase } from '../../support/databases';
import { waitUntil } from '../../support/wait-until';

describe('wake-ups on PostgreSQL', () => {
  let database: TestDatabase;
  let server: Store;
  let worker: Store;
  let listening: Listening | undefined;
  let heard: WakeUp[];
  let lost: unknown[];

  beforeAll(async () => {
    database = await createDatabase('postgres');
    server = await database.open();
    worker = await database.open();
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    heard = [];
    lost = [];
    listening = worker.listen?.({
      heard: (wakeUp) => heard.push(wakeUp),
      lost: (error) => lost.push(error),
    });
    await untilHeard(['deliveries', 'cv']);
    heard.length = 0;
  });
  afterEach(() => listening?.stop());

  async function untilHeard(wakeUps: WakeUp[]): Promise<void> {
    await waitUntil(
      () => Promise.resolve(heard),
      () => wakeUps.every((wakeUp) => heard.includes(wakeUp)),
    );
  }

  it('are heard in other processes, each kind by itself', async () => {
    await notifyDispatchers(server, 'cv');
    await untilHeard(['cv']);
    await notifyDispatchers(server, 'deliveries');
    await untilHeard(['deliveries']);
    expect(heard).toEqual(['cv', 'deliveries']);
  });

  it('are heard again after the connection was lost, beginning with all that was missed', async () => {
    await server.write.run(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'careerhooks-listen' and datname = current_database()`,
    );
    await untilHeard(['deliveries', 'cv']);
    expect(lost).toHaveLength(1);
    heard.length = 0;
    await notifyDispatchers(server, 'deliveries');
    await untilHeard(['deliveries']);
  });

  // With a server of somebody else's it cannot be stopped.
  (process.env.TEST_DATABASE_URL === undefined ? it : it.skip)(
    'are heard again when the database comes back',
    async () => {
      await controlPostgres('stop');
      await waitUntil(
        () => Promise.resolve(lost.length),
        (times) => times >= 2,
      );
      await controlPostgres('start');
      await untilHeard(['deliveries', 'cv']);
    },
  );

  it('are no longer heard once listening has ended', async () => {
    await listening?.stop();
    await notifyDispatchers(server, 'deliveries');
    const [listeners] = await rowsOf<{ connections: number }>(
      server.read,
      `select count(*) as connections from pg_stat_activity
       where application_name = 'careerhooks-listen' and datname = current_database()`,
    );
    expect([heard, listeners?.connections]).toEqual([[], 0]);
  });
});

it('on SQLite there are no others to tell or to hear', async () => {
  const database = await createDatabase('sqlite');
  const store = await database.open();
  expect(store).not.toHaveProperty('listen');
  await expect(notifyDispatchers(store, 'cv')).resolves.toBeUndefined();
  await database.drop();
});
