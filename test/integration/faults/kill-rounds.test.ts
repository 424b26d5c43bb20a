import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findTemporalCli, startDevServer } from '@careerhooks/temporal';
import { controlPostgres, createDatabase, type TestDatabase } from '../../support/databases';
import {
  type CareerHooksProcess,
  instanceSettings,
  startCareerHooksProcess,
} from '../../support/process';
import { createRandom } from '../../support/random';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { freePorts, silentLog } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import { check, FAULTLESS, faultsOf, type Verdict } from './checker';
import {
  eventIdOf,
  publish,
  type Publications,
  recordedAsDelivered,
  register,
  tell,
} from '../../support/publishing';

/** The same seed gives the same kills at the same moments. */
const SEED = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);
/** In all; each of the five kinds of kill gets its share. */
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? '3');
/** All of a round is delivered within this time, on a busy machine. */
const PATIENCE_MS = 90_000;

const random = createRandom(SEED);
/** So that 1 in 10 events is refused at first, whichever run it is. */
const isRefusedAtFirst = (id: string): boolean => Number(id.split('_').at(-1)) % 10 === 3;

/** Three receivers: one refuses every tenth event at first, one is slow, one wants order. */
type Receivers = Record<'flaky' | 'slow' | 'ordered', TestReceiver>;

async function startReceivers(): Promise<Receivers> {
  const [flaky, slow, ordered] = await Promise.all([
    startTestReceiver(),
    startTestReceiver(),
    startTestReceiver(),
  ]);
  const refused = new Set<string>();
  flaky.answer = (request) => {
    const id = eventIdOf(request);
    if (!isRefusedAtFirst(id) || refused.has(id)) return {};
    refused.add(id);
    return { status: 500 };
  };
  slow.answer = () => ({ delayMs: 100 + 20 * (slow.requests.length % 10) });
  return { flaky, slow, ordered };
}

/** Returns the endpoints' ids. */
async function registerAll(
  { call }: CareerHooksProcess,
  receivers: Receivers,
): Promise<Map<TestReceiver, string>> {
  return new Map([
    [receivers.flaky, await register(call, receivers.flaky.url)],
    [receivers.slow, await register(call, receivers.slow.url)],
    [receivers.ordered, await register(call, receivers.ordered.url, { ordered: true })],
  ]);
}

/** What all rounds of a group came to. */
interface Tally {
  publications: Publications[];
  kills: number[];
}

function verdicts(receivers: Receivers, tally: Tally): Verdict[] {
  return (Object.keys(receivers) as (keyof Receivers)[]).map((name) =>
    check({
      receiver: receivers[name],
      publications: tally.publications,
      kills: tally.kills,
      ordered: name === 'ordered',
    }),
  );
}

const sum = (all: readonly Verdict[], of: (verdict: Verdict) => number): number =>
  all.reduce((total, verdict) => total + of(verdict), 0);

function figures(name: string, round: number, receivers: Receivers, tally: Tally): string {
  const all = verdicts(receivers, tally);
  return (
    `${name}, ${round} rounds (FAULT_SEED=${SEED}): ${all[0]?.accepted ?? 0} events accepted for ` +
    `${all.length} endpoints; ${sum(all, ({ lost }) => lost.length)} lost, ` +
    `${sum(all, ({ duplicates }) => duplicates.length)} came twice of ` +
    `${sum(all, ({ onTheWire }) => onTheWire)} on the wire at a kill, ` +
    `${sum(all, ({ inexcusable }) => inexcusable.length)} without that excuse, ` +
    `${sum(all, ({ outOfOrder }) => outOfOrder.length)} out of order`
  );
}

/** Publishes to all instances, kills at a random moment, waits until everything came, and checks. */
async function round(
  number: number,
  group: {
    instances: CareerHooksProcess[];
    receivers: Receivers;
    tally: Tally;
    kill: () => Promise<unknown>;
    mend: () => Promise<unknown>;
  },
): Promise<void> {
  const enough = new AbortController();
  let accepted = 0;
  const { instances, receivers, tally } = group;
  const publishing = instances.map((instance, index) =>
    publish(instance.call, {
      prefix: `r${number}p${index}`,
      count: 10_000,
      clients: 8 / instances.length,
      pauseMs: 25,
      until: enough.signal,
      onAccepted: () => (accepted += 1),
    }),
  );
  const killAt = random.between(20, 200);
  await waitUntil(
    () => Promise.resolve(accepted),
    (count) => count >= killAt,
    PATIENCE_MS,
  );
  tally.kills.push(Date.now());
  await group.kill();
  tally.kills.push(Date.now());
  await sleep(random.between(50, 500));
  enough.abort();
  tally.publications.push(...(await Promise.all(publishing)));
  await group.mend();
  await waitUntil(
    () => Promise.resolve(sum(verdicts(receivers, tally), ({ lost }) => lost.length)),
    (lost) => lost === 0,
    PATIENCE_MS,
  );
  for (const verdict of verdicts(receivers, tally)) expect(faultsOf(verdict)).toEqual(FAULTLESS);
}

const SQLITE_ROUNDS = Math.ceil(ROUNDS * 0.4);

describe('kills at random moments, on SQLite with the embedded Temporal', () => {
  const kinds = ['whole', 'Temporal'] as const;
  const tally: Tally = { publications: [], kills: [] };
  let dataDir: string;
  let receivers: Receivers;
  let endpoints: Map<TestReceiver, string>;
  let settings: Record<string, string>;
  let careerHooks: CareerHooksProcess;
  let done = 0;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-rounds-'));
    settings = await instanceSettings(dataDir);
    receivers = await startReceivers();
    careerHooks = await startCareerHooksProcess(settings);
    await careerHooks.connected();
    endpoints = await registerAll(careerHooks, receivers);
  });

  afterAll(async () => {
    tell(figures('SQLite', done, receivers, tally));
    await careerHooks.end('SIGTERM');
    await Promise.all(Object.values(receivers).map((receiver) => receiver.stop()));
    await rm(dataDir, { recursive: true, force: true });
  });

  async function killTemporal(): Promise<void> {
    const record = await waitUntil(
      () => readFile(join(dataDir, 'temporal.pid'), 'utf8').catch(() => ''),
      (text) => text !== '',
    );
    process.kill((JSON.parse(record) as { pid: number }).pid, 'SIGKILL');
  }

  it.each(
    Array.from(
      { length: SQLITE_ROUNDS },
      (_, index) => [index, kinds[index % kinds.length] ?? 'Temporal'] as const,
    ),
  )(
    'loses nothing in round %d, in which it is kill -9 for: %s',
    async (number, kind) => {
      const killed = kind === 'whole';
      const before = new Map<TestReceiver, { count: number; recorded: Set<string> }>();
      await round(number, {
        instances: [careerHooks],
        receivers,
        tally,
        kill: () => (killed ? careerHooks.end('SIGKILL') : killTemporal()),
        mend: async () => {
          if (!killed) return;
          await sleep(500);
          for (const [receiver, endpoint] of endpoints) {
            const recorded = await recordedAsDelivered(settings, endpoint);
            before.set(receiver, { count: receiver.requests.length, recorded });
          }
          careerHooks = await startCareerHooksProcess(settings);
        },
      });
      // What the database has as delivered never comes again.
      const again = [...before].flatMap(([receiver, { count, recorded }]) =>
        receiver.requests
          .slice(count)
          .map(eventIdOf)
          .filter((id) => recorded.has(id)),
      );
      expect(again).toEqual([]);
      done += 1;
    },
    150_000,
  );
});

describe('kills at random moments, of two processes on one PostgreSQL', () => {
  const kinds = ['worker', 'PostgreSQL', 'Temporal'] as const;
  const tally: Tally = { publications: [], kills: [] };
  const dataDirs: string[] = [];
  let database: TestDatabase;
  let receivers: Receivers;
  let temporal: Awaited<ReturnType<typeof startDevServer>>;
  const settings: Record<string, string>[] = [];
  const instances: CareerHooksProcess[] = [];
  let done = 0;

  beforeAll(async () => {
    receivers = await startReceivers();
    database = await createDatabase('postgres');
    const temporalDir = await mkdtemp(join(tmpdir(), 'careerhooks-rounds-temporal-'));
    const cli = await findTemporalCli({ env: process.env, report: () => undefined });
    const [port, uiPort] = (await freePorts(2)) as [number, number];
    temporal = await startDevServer({ cli, dataDir: temporalDir, port, uiPort, log: silentLog });
    await temporal.ready;
    dataDirs.push(temporalDir);
    const admin = { CAREERHOOKS_ADMIN_TOKEN: 'an-admin-token-for-both-of-them' };
    for (let index = 0; index < 2; index += 1) {
      const dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-rounds-'));
      dataDirs.push(dataDir);
      settings.push({
        ...(await instanceSettings(dataDir)),
        ...admin,
        CAREERHOOKS_MASTER_KEY: '5a'.repeat(32),
        TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
        DATABASE_URL: 'databaseUrl' in database.location ? database.location.databaseUrl : '',
      });
      instances.push(await startCareerHooksProcess(settings[index] ?? {}));
    }
    await Promise.all(instances.map((instance) => instance.connected()));
    await registerAll(instances[0] as CareerHooksProcess, receivers);
  }, 150_000);

  afterAll(async () => {
    tell(figures('PostgreSQL', done, receivers, tally));
    await Promise.all(instances.map((instance) => instance.end('SIGTERM')));
    await temporal.stop(0);
    await Promise.all(Object.values(receivers).map((receiver) => receiver.stop()));
    await database.drop();
    await Promise.all(dataDirs.map((dataDir) => rm(dataDir, { recursive: true, force: true })));
  });

  it.each(
    Array.from(
      { length: Math.max(1, ROUNDS - SQLITE_ROUNDS) },
      (_, index) => [index, kinds[(index + SEED) % kinds.length] ?? 'Temporal'] as const,
    ),
  )(
    'loses nothing in round %d, in which it is kill -9 for: %s',
    async (number, kind) => {
      const victim = random.between(0, 2);
      const faults = {
        worker: {
          kill: () => Promise.resolve(instances[victim]?.end('SIGKILL')),
          mend: async () => {
            instances[victim] = await startCareerHooksProcess(settings[victim] ?? {});
          },
        },
        PostgreSQL: { kill: () => controlPostgres('kill'), mend: () => controlPostgres('start') },
        Temporal: {
          kill: () => Promise.resolve(process.kill(temporal.pid() ?? 0, 'SIGKILL')),
          mend: () => Promise.resolve(),
        },
      };
      await round(number, { instances: [...instances], receivers, tally, ...faults[kind] });
      done += 1;
    },
    150_000,
  );
});
