import { setTimeout as sleep } from 'node:timers/promises';
import type { CareerHooksProcess } from '../../support/process';
import { waitUntil } from '../../support/wait-until';
import { type Publications, publish, tell } from '../../support/publishing';

/** What `/readyz` said, and when. */
interface ReadinessAnswer {
  askedAt: number;
  answeredAt: number;
  ready: boolean;
  outage: string | undefined;
  /** How long `/healthz`, which was asked at the same time, took to answer. */
  lagMs: number;
}

/** What keeps a database from accepting, for a while. */
export interface Fault {
  name: string;
  /** Resolves when it has begun. */
  begin(): Promise<unknown>;
  end(): Promise<unknown>;
}

/** What somebody saw who asked ten times a second. */
export interface MeasuredReadiness {
  /** For how long after the fault had begun `/readyz` still said ready, in milliseconds. */
  untrueMs: number;
  /** How long after its end it did so again; Infinity where it did not. */
  backMs: number;
  /** What the slowest answer took, and that of `/healthz` beside it: so slow is the machine. */
  slowestMs: number;
  lagMs: number;
  /** Whether it said ready all the time before. */
  wasReady: boolean;
  outages: string[];
  published: Publications;
}

const POLL_MS = 100;
/** How long a fault lasts, and what is looked at before and after it, in milliseconds. */
const FAULT_MS = 2_000;
const BEFORE_MS = 500;
const AFTER_MS = 1_500;

/** Polls `/readyz` through a fault, while `clients` publish. */
export async function measureReadiness(
  { call, url }: CareerHooksProcess,
  fault: Fault,
  clients: number,
): Promise<MeasuredReadiness> {
  await waitUntil(
    () => call('GET', '/readyz'),
    ({ status }) => status === 200,
  );
  const enough = new AbortController();
  const publishing = publish(call, {
    prefix: `${fault.name}_${clients}`.replaceAll(/\W/g, '_'),
    count: 100_000,
    clients,
    pauseMs: 50,
    until: enough.signal,
  });
  const polling = poll(url, enough.signal);
  await sleep(BEFORE_MS);
  const beginsAt = Date.now();
  await fault.begin();
  const beganAt = Date.now();
  await sleep(FAULT_MS);
  const endsAt = Date.now();
  await fault.end();
  const endedAt = Date.now();
  await sleep(AFTER_MS);
  enough.abort();
  const [published, answers] = await Promise.all([publishing, polling]);

  const during = answers.filter(({ answeredAt }) => answeredAt > beganAt && answeredAt < endsAt);
  const untrue = during.filter(({ ready }) => ready).map(({ answeredAt }) => answeredAt - beganAt);
  const back = answers.filter(({ ready, askedAt }) => ready && askedAt >= endedAt);
  const measured = {
    untrueMs: Math.max(0, ...untrue),
    backMs: Math.min(...back.map(({ answeredAt }) => answeredAt - endedAt)),
    slowestMs: Math.max(...answers.map(({ askedAt, answeredAt }) => answeredAt - askedAt)),
    lagMs: Math.max(...answers.map((answer) => answer.lagMs)),
    wasReady: answers.every(({ ready, answeredAt }) => ready || answeredAt >= beginsAt),
    outages: [...new Set(during.flatMap(({ outage }) => outage ?? []))],
    published,
  };
  tell(
    `${fault.name}, ${clients} clients: ready for ${measured.untrueMs} ms of it (${measured.outages.join(', ')}), ` +
      `again ${measured.backMs} ms after it; slowest answer ${measured.slowestMs} ms (/healthz ${measured.lagMs} ms); ` +
      `${published.accepted.length} accepted, ${published.refused.size} refused`,
  );
  return measured;
}

export function expectTrue(measured: MeasuredReadiness): void {
  const { untrueMs, backMs, slowestMs, lagMs, wasReady } = measured;
  expect(wasReady).toBe(true);
  expect(untrueMs).toBeLessThanOrEqual(1_000 + lagMs);
  // A request on a machine that is that slow, and an answer on it.
  expect(slowestMs).toBeLessThanOrEqual(1_000 + 2 * lagMs);
  expect(backMs).toBeLessThanOrEqual(AFTER_MS);
}

/** Asks without waiting for earlier answers, until `until` aborts; gives all answers. */
async function poll(url: string, until: AbortSignal): Promise<ReadinessAnswer[]> {
  const asked: Promise<ReadinessAnswer>[] = [];
  while (!until.aborted) {
    asked.push(ask(url));
    await sleep(POLL_MS);
  }
  return Promise.all(asked);
}

async function ask(url: string): Promise<ReadinessAnswer> {
  const askedAt = Date.now();
  const lag = fetch(`${url}/healthz`).then(() => Date.now() - askedAt);
  const response = await fetch(`${url}/readyz`);
  const answeredAt = Date.now();
  const { outage } = (await response.json()) as { outage?: string };
  return { askedAt, answeredAt, ready: response.status === 200, outage, lagMs: await lag };
}
