import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createKey,
  createSealer,
  findKey,
  generateMasterKey,
  getEndpoint,
  listDeliveries,
  openStore,
  revokeKey,
  type Store,
} from '@careerhooks/store';
import { pino } from 'pino';
import { createShutdown, type Shutdown } from '../../../cli/src/start/shutdown';
import { recoverAfterFailovers } from '../../../cli/src/start/recover-after-failovers';
import { createDatabase, type TestDatabase } from '../../support/databases';
import { waitUntil } from '../../support/wait-until';
import { publish, record, attempt, register } from '../store/fixtures';

const DONE = 'what this process knows of, the database has again after its failover';

/** One process of several on PostgreSQL, with a data folder of its own. */
interface Process {
  store: Store;
  /** What its log says. */
  lines: { level: number; msg: string; delivery?: string; outcome?: string }[];
  /** As its connections do when they see that another copy has taken over. */
  noticeFailover(): void;
  shutdown: Shutdown;
}

let database: TestDatabase;
let folder: string;
let masterKey: string;
const processes: Process[] = [];

beforeEach(async () => {
  database = await createDatabase('postgres');
  folder = await mkdtemp(join(tmpdir(), 'careerhooks-failover-'));
  masterKey = generateMasterKey();
});
afterEach(async () => {
  for (const { shutdown } of processes.splice(0)) await shutdown.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function startProcess(): Promise<Process> {
  const store = await openStore({
    ...database.location,
    sealer: createSealer([masterKey]),
    journal: join(folder, `journal-${processes.length}`),
  });
  const listeners: (() => void)[] = [];
  store.onFailover = (listener) => void listeners.push(listener);
  const lines: Process['lines'] = [];
  const log = pino({}, { write: (line) => void lines.push(JSON.parse(line) as never) });
  const shutdown = createShutdown();
  shutdown.add(() => store.close());
  recoverAfterFailovers({ store, log, report: () => undefined, shutdown });
  const process: Process = {
    store,
    lines,
    noticeFailover: () => listeners.forEach((listener) => listener()),
    shutdown,
  };
  processes.push(process);
  return process;
}

async function recovered({ lines }: Process): Promise<void> {
  await waitUntil(
    () => Promise.resolve(lines),
    (all) => all.some(({ msg }) => msg === DONE),
    60_000,
  );
}

const errorsOf = ({ lines }: Process) => lines.filter(({ level }) => level >= 50);
const all = async (store: Store) => (await listDeliveries(store, {}, {}, { limit: 100 })).data;

test('a failover that took an endpoint, a key, a revocation and their events with it is mended without a restart', async () => {
  const process = await startProcess();
  const { store } = process;
  const old = await createKey(store, { system: 'resumebuilder', user: null, scopes: ['publish'] });
  const { id: endpointId } = await register(store);
  const made = await createKey(store, { system: 'resumebuilder', user: null, scopes: ['manage'] });
  await revokeKey(store, old.key.id);
  await publish(store, { id: 'lost' });
  const [delivery] = await all(store);
  for (const table of ['events', 'endpoints']) await store.write.run(`delete from ${table}`);
  await store.write.run('delete from api_keys where id = ?', [made.key.id]);
  await store.write.run('update api_keys set revoked_at = null');
  expect(await findKey(store, old.token)).toBeDefined();

  process.noticeFailover();
  await recovered(process);
  expect(await getEndpoint(store, endpointId)).toBeDefined();
  expect(await findKey(store, made.token)).toEqual(made.key);
  expect(await findKey(store, old.token)).toBeUndefined();
  // It is held: a backlog begins where an endpoint comes back.
  expect(await all(store)).toMatchObject([{ id: delivery!.id, eventId: 'lost', status: 'held' }]);
  expect(errorsOf(process)).toMatchObject([
    { delivery: delivery!.id, event: 'lost', endpoint: endpointId, outcome: 'held' },
  ]);
  const warnings = process.lines.filter(({ level }) => level === 40).map(({ msg }) => msg);
  expect(warnings).toEqual([
    expect.stringContaining('has failed over'),
    expect.stringContaining(endpointId),
    expect.stringContaining(made.key.id),
    expect.stringContaining(old.key.id),
  ]);
});

test('what one process accepted and another delivered comes back as delivered', async () => {
  const [server, worker] = [await startProcess(), await startProcess()];
  await register(server.store);
  await publish(server.store, { id: 'lost' });
  const [delivery] = await all(server.store);
  await record(worker.store, attempt(delivery!.id));
  await server.store.write.run('delete from events');
  for (const process of processes) process.noticeFailover();
  await Promise.all(processes.map(recovered));
  expect(await all(server.store)).toMatchObject([{ id: delivery!.id, status: 'delivered' }]);
  expect(errorsOf(server)).toMatchObject([{ delivery: delivery!.id }]);
  expect(errorsOf(worker)).toEqual([]);
});

test('a delivery of which no process has anything but its attempt is told of', async () => {
  const worker = await startProcess();
  const server = await startProcess();
  await register(server.store);
  await publish(server.store, { id: 'lost' });
  const [delivery] = await all(server.store);
  await record(worker.store, attempt(delivery!.id));
  await server.store.write.run('delete from events');
  worker.noticeFailover();
  await recovered(worker);
  expect(errorsOf(worker)).toMatchObject([{ delivery: delivery!.id, status: 'delivered' }]);
});

test('a database that is away after the failover is tried until it is back', async () => {
  const process = await startProcess();
  const { store } = process;
  await register(store);
  await publish(store, { id: 'lost' });
  await store.write.run('delete from events');
  await store.write.run('alter table events rename to away');
  process.noticeFailover();
  await waitUntil(
    () => Promise.resolve(process.lines),
    (lines) => lines.some(({ msg }) => msg.endsWith('trying again')),
  );
  expect(errorsOf(process)).toEqual([]);
  await store.write.run('alter table away rename to events');
  await recovered(process);
  expect(await all(store)).toMatchObject([{ eventId: 'lost' }]);
});

test('a stop while it is tried ends soon, and names what stays lost', async () => {
  const process = await startProcess();
  const { store } = process;
  await register(store);
  await publish(store, { id: 'lost' });
  await store.write.run('delete from events');
  await store.write.run('alter table deliveries rename to away');
  process.noticeFailover();
  await waitUntil(
    () => Promise.resolve(process.lines),
    (lines) => lines.some(({ msg }) => msg.endsWith('trying again')),
  );
  await process.shutdown.end();
  expect(errorsOf(process).map(({ msg }) => msg)).toContain(
    'the failover lost an accepted event, and it could not be accepted again',
  );
  processes.length = 0;
});
