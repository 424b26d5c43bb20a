import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findTemporalCli } from '@careerhooks/temporal';
import type { CallApi } from '../../support/call-api';
import { createDatabase } from '../../support/databases';
import {
  type CareerHooksProcess,
  instanceSettings,
  startCareerHooksProcess,
  startProcess,
  type TestProcess,
} from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { freePorts } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import { event, eventIdOf, publish, register, tell, timesReceived } from '../../support/publishing';

/** `npm run test:faults` sets 34. */
const OUTAGE_MS = 1_000 * Number(process.env.TEMPORAL_AWAY_SECONDS ?? '8');
const BEFORE_MS = 3_000;
const AFTER_MS = Math.min(25_000, OUTAGE_MS);
/** From the 202 to the first attempt; `npm run test:faults`, on a machine of its own, sets 250. */
const P99_MS = Number(process.env.TEMPORAL_AWAY_P99_MS ?? '1000');
/** What a retry, a cancellation or a readiness probe may take meanwhile; `npm run test:faults` sets 1000. */
const ANSWER_MS = Number(process.env.TEMPORAL_AWAY_ANSWER_MS ?? '2000');
const PER_SECOND = 20;
/** What a stop may take longer than one without an outage. */
const STOP_LATER_MS = 5_000;

/** A Temporal that a test takes away, and gives back. */
interface Outage {
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
}

let dataDir: string;
let settings: Record<string, string>;
let receiver: TestReceiver;
/** Refuses everything until `busy.answer` changes. */
let busy: TestReceiver;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-away-'));
  settings = await instanceSettings(dataDir);
  receiver = await startTestReceiver();
  busy = await startTestReceiver();
  busy.answer = () => ({ status: 503, headers: { 'retry-after': '7200' } });
});

afterEach(async () => {
  await Promise.all([receiver.stop(), busy.stop()]);
  await rm(dataDir, { recursive: true, force: true });
});

/** Refuses 30 % of first attempts, never two in a row: the endpoint is not failing. */
function refuseSome(): void {
  const seen = new Set<string>();
  receiver.answer = (request) => {
    const id = eventIdOf(request);
    const first = !seen.has(id);
    seen.add(id);
    return first && [0, 3, 6].includes(numberOf(id) % 10) ? { status: 500 } : {};
  };
}

function numberOf(id: string): number {
  return Number(id.split('_').at(-1));
}

/** Publishes by the clock, whatever the answers take; when each event was accepted. */
async function publishSteadily(call: CallApi, forMs: number): Promise<Map<string, number>> {
  const acceptedAt = new Map<string, number>();
  const answers: Promise<void>[] = [];
  const begunAt = performance.now();
  for (let number = 0; (number * 1_000) / PER_SECOND < forMs; number += 1) {
    await sleep(Math.max(0, begunAt + (number * 1_000) / PER_SECOND - performance.now()));
    const id = `away_${number}`;
    answers.push(
      call('POST', '/v1/events', event(id)).then(({ status }) => {
        if (status === 202) acceptedAt.set(id, Date.now());
      }),
    );
  }
  await Promise.all(answers);
  return acceptedAt;
}

/** Milliseconds from the 202 to the first attempt, in order; infinite where none came. */
function firstAttempts(acceptedAt: Map<string, number>): number[] {
  const firstAt = new Map<string, number>();
  for (const request of receiver.requests) {
    const id = eventIdOf(request);
    if (!firstAt.has(id)) firstAt.set(id, request.at);
  }
  return [...acceptedAt]
    .map(([id, at]) => Math.max(0, (firstAt.get(id) ?? Infinity) - at))
    .sort((left, right) => left - right);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Deliveries that wait for a retry that is two hours away, in a workflow each. */
async function makeWaiting(call: CallApi, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const user = `user_busy_${number}`;
    const endpoint = await register(call, busy.url, { user });
    await call('POST', '/v1/events', event(`busy_${number}`, user));
    const { id } = await waitUntil(
      async () => {
        const { body } = await call('GET', `/v1/deliveries?endpoint=${endpoint}`);
        return (body.data as { id: string; status: string }[])[0] ?? { id: '', status: '' };
      },
      ({ status }) => status === 'retrying',
    );
    ids.push(id);
  }
  // Their workflows have started, too.
  await sleep(500);
  return ids;
}

/** What was asked while Temporal was away. */
interface Answers {
  retryMs: number[];
  cancelMs: number[];
  readyzMs: number[];
  /** What `/readyz` said of Temporal, with how long the outage had lasted. */
  said: { afterMs: number; temporal: string }[];
  retried: string[];
}

async function askMeanwhile(call: CallApi, waiting: string[], forMs: number): Promise<Answers> {
  const answers: Answers = { retryMs: [], cancelMs: [], readyzMs: [], said: [], retried: [] };
  const begunAt = performance.now();
  const time = async <Answer>(into: number[], ask: () => Promise<Answer>): Promise<Answer> => {
    const askedAt = performance.now();
    const answer = await ask();
    into.push(Math.round(performance.now() - askedAt));
    return answer;
  };
  while (performance.now() - begunAt < forMs - 500) {
    const { body } = await time(answers.readyzMs, () => call('GET', '/readyz'));
    const temporal = String((body as { temporal?: unknown }).temporal);
    answers.said.push({ afterMs: Math.round(performance.now() - begunAt), temporal });
    const [retry, cancel] = waiting.splice(0, 2);
    if (retry !== undefined && cancel !== undefined) {
      await time(answers.retryMs, () => call('POST', `/v1/deliveries/${retry}/retry`));
      await time(answers.cancelMs, () => call('POST', `/v1/deliveries/${cancel}/cancel`));
      answers.retried.push(retry);
    }
    await sleep(700);
  }
  return answers;
}

/** Runs the outage under load, and says what came of it in a line; returns what expects the promised. */
async function endure(
  name: string,
  careerHooks: CareerHooksProcess,
  outage: Outage,
): Promise<() => void> {
  const { call } = careerHooks;
  await register(call, receiver.url);
  await publish(call, { prefix: 'warm', count: 5, clients: 1 });
  await receiver.waitFor(5);
  refuseSome();
  const waiting = await makeWaiting(call, 8);
  const askedFor = busy.requests.length;

  const publishing = publishSteadily(call, BEFORE_MS + OUTAGE_MS + AFTER_MS);
  await sleep(BEFORE_MS);
  await outage.begin();
  const answers = await askMeanwhile(call, waiting, OUTAGE_MS);
  busy.answer = () => ({});
  await outage.end();
  const returnedAt = Date.now();
  // `begin` may take a moment: the load may be over a moment before this.
  const acceptedAt = await publishing;
  // The last ones are on their way.
  await sleep(2_000);

  const delays = firstAttempts(acceptedAt);
  const came = delays.filter((delay) => delay < Infinity);
  const retriedMs = await untilRetried(answers.retried, askedFor, returnedAt);
  const again = await untilComeAgain(acceptedAt, returnedAt);
  const worst = (of: number[]): number => Math.max(0, ...of);
  tell(
    `${name}, away for ${OUTAGE_MS / 1000} s: ${acceptedAt.size} accepted, first attempts p50 ` +
      `${quantile(delays, 0.5)} ms, p99 ${quantile(delays, 0.99)} ms, worst ${delays.at(-1)} ms, ` +
      `${delays.length - came.length} not made; retry ${worst(answers.retryMs)} ms, cancel ` +
      `${worst(answers.cancelMs)} ms, readyz ${worst(answers.readyzMs)} ms at worst; said ` +
      `${answers.said.map(({ temporal }) => temporal).join(' ')}; retried ${retriedMs} ms, ` +
      `the last of the others ${again} ms after its return`,
  );
  return () => {
    expect(acceptedAt.size).toBe(
      Math.ceil(((BEFORE_MS + OUTAGE_MS + AFTER_MS) / 1_000) * PER_SECOND),
    );
    expect(quantile(delays, 0.99)).toBeLessThanOrEqual(P99_MS);
    expect(delays.length).toBe(came.length);
    expect(worst(answers.retryMs)).toBeLessThan(ANSWER_MS);
    expect(worst(answers.cancelMs)).toBeLessThan(ANSWER_MS);
    expect(worst(answers.readyzMs)).toBeLessThan(ANSWER_MS);
    expect(answers.said.filter(({ afterMs }) => afterMs > 2_000)).not.toContainEqual(
      expect.objectContaining({ temporal: 'ok' }),
    );
    expect(retriedMs).toBeLessThan(60_000);
  };
}

/** Milliseconds from the return until each delivery whose retry was asked for meanwhile had come. */
async function untilRetried(ids: string[], before: number, returnedAt: number): Promise<number> {
  await waitUntil(
    () => Promise.resolve(busy.requests.length - before),
    (count) => count >= ids.length,
    60_000,
  ).catch(() => undefined);
  if (busy.requests.length - before < ids.length) return Infinity;
  return Math.max(...busy.requests.slice(before).map(({ at }) => at - returnedAt));
}

/** Milliseconds from the return until all that was refused at first had come again. */
async function untilComeAgain(
  acceptedAt: Map<string, number>,
  returnedAt: number,
): Promise<number> {
  const refused = [...acceptedAt.keys()].filter((id) => [0, 3, 6].includes(numberOf(id) % 10));
  await waitUntil(
    () => Promise.resolve(timesReceived(receiver)),
    (times) => refused.every((id) => (times.get(id) ?? 0) > 1),
    90_000,
  ).catch(() => undefined);
  const times = timesReceived(receiver);
  if (!refused.every((id) => (times.get(id) ?? 0) > 1)) return Infinity;
  return Math.max(...receiver.requests.map(({ at }) => at)) - returnedAt;
}

/** Stops it twice, with Temporal and without: the second may take hardly longer. */
async function compareStops(
  name: string,
  careerHooks: CareerHooksProcess,
  again: () => Promise<CareerHooksProcess>,
  outage: Outage,
): Promise<void> {
  const sound = await careerHooks.end('SIGTERM');
  const second = await again();
  await outage.begin();
  await publish(second.call, { prefix: 'stop', count: 20, clients: 1, pauseMs: 50 });
  const without = await second.end('SIGTERM');
  await outage.end();
  tell(`${name}: SIGTERM took ${sound.tookMs} ms, without Temporal ${without.tookMs} ms`);
  expect(sound).toMatchObject({ code: 0 });
  expect(without).toMatchObject({ code: 0 });
  expect(without.tookMs).toBeLessThan(sound.tookMs + STOP_LATER_MS);
}

async function start(of: Record<string, string>): Promise<CareerHooksProcess> {
  const careerHooks = await startCareerHooksProcess(of);
  await careerHooks.connected();
  return careerHooks;
}

/** A Temporal of the operator's own, which keeps its store. */
async function externalTemporal(): Promise<{ address: string; outage: Outage; stop: () => void }> {
  const { path } = await findTemporalCli({ env: process.env, report: () => undefined });
  const [port] = await freePorts(1);
  const args = ['server', 'start-dev', '--headless', '--port', String(port)];
  args.push('--db-filename', join(dataDir, 'their-temporal.db'), '--log-level', 'error');
  let server: TestProcess = startProcess(path, args, {});
  return {
    address: `127.0.0.1:${port}`,
    outage: {
      async begin() {
        await server.end('SIGKILL');
      },
      end() {
        server = startProcess(path, args, {});
      },
    },
    stop: () => signal(server.pid, 'SIGKILL'),
  };
}

async function embeddedPid(): Promise<number> {
  const text = await readFile(join(dataDir, 'temporal.pid'), 'utf8').catch(() => '');
  return text === '' ? 0 : (JSON.parse(text) as { pid: number }).pid;
}

/** Kills the embedded server, and each that is started in its place. */
function killEmbedded(): Outage {
  let killing: NodeJS.Timeout | undefined;
  return {
    begin() {
      killing = setInterval(() => {
        void embeddedPid().then((pid) => signal(pid, 'SIGKILL'));
      }, 50);
    },
    end: () => clearInterval(killing),
  };
}

/** It accepts connections, and never answers. */
function freezeEmbedded(): Outage {
  let pid = 0;
  return {
    async begin() {
      pid = await embeddedPid();
      signal(pid, 'SIGSTOP');
    },
    end: () => signal(pid, 'SIGCONT'),
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

const TIMEOUT_MS = 240_000 + OUTAGE_MS;

it(
  'first attempts do not wait for an external Temporal that was killed',
  async () => {
    const { address, outage, stop } = await externalTemporal();
    try {
      const of = { ...settings, TEMPORAL_ADDRESS: address };
      const careerHooks = await start(of);
      const expectPromised = await endure('external, killed', careerHooks, outage);
      await compareStops('external, killed', careerHooks, () => start(of), outage);
      expectPromised();
    } finally {
      stop();
    }
  },
  TIMEOUT_MS,
);

it.each([
  ['killed', killEmbedded],
  ['stopped', freezeEmbedded],
])(
  'first attempts do not wait for an embedded Temporal that was %s',
  async (how, make) => {
    const outage = make();
    const careerHooks = await start(settings);
    const expectPromised = await endure(`embedded, ${how}`, careerHooks, outage);
    await compareStops(`embedded, ${how}`, careerHooks, () => start(settings), outage);
    expectPromised();
  },
  TIMEOUT_MS,
);

it(
  'first attempts do not wait for Temporal on PostgreSQL',
  async () => {
    const database = await createDatabase('postgres');
    const { address, outage, stop } = await externalTemporal();
    try {
      const { databaseUrl } = database.location as { databaseUrl: string };
      const of = { ...settings, TEMPORAL_ADDRESS: address, DATABASE_URL: databaseUrl };
      const careerHooks = await start(of);
      const expectPromised = await endure('PostgreSQL, killed', careerHooks, outage);
      await compareStops('PostgreSQL, killed', careerHooks, () => start(of), outage);
      expectPromised();
    } finally {
      stop();
      await database.drop();
    }
  },
  TIMEOUT_MS,
);
