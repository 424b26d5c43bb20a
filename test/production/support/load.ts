import { setTimeout as sleep } from 'node:timers/promises';
import type { CareerHooksProcess } from '../../support/process';
import { event } from '../../support/publishing';

/** Publications a second, over all servers in turn. */
const RATE = 25;
/** A producer gives up then, in milliseconds. */
const PATIENCE_MS = 20_000;
/** A refusal or an acceptance that takes longer is as bad as an untrue one. */
const SLOW_MS = 3_000;
const READY_EVERY_MS = 100;
/** A load balancer waits no longer for `/readyz`. */
const READY_WITHIN_MS = 1_000;

/** One publication, which nobody repeats. */
interface Publication {
  id: string;
  server: number;
  askedAt: number;
  ms: number;
  /** `202`, status and code of a refusal, or what became of the connection. */
  outcome: string;
  /** What the server's `/readyz` had said last, when this was asked. */
  wasReady: boolean;
}

/** An answer of a server's `/readyz`. */
interface Readiness {
  server: number;
  at: number;
  ready: boolean;
}

export interface Load {
  publications: Publication[];
  readiness: Readiness[];
  /** How many were accepted so far. */
  accepted(): number;
  /** Resolves when all that was asked is answered, or given up. */
  stop(): Promise<void>;
}

/** Publishes at a steady rate, however long answers take, and asks each server whether it is ready. */
export function startLoad(servers: readonly CareerHooksProcess[], prefix: string): Load {
  const stopping = new AbortController();
  const publications: Publication[] = [];
  const readiness: Readiness[] = [];
  const ready = servers.map(() => true);
  const underWay = new Set<Promise<void>>();
  let next = 0;

  async function publishOne(): Promise<void> {
    const server = next % servers.length;
    const id = `${prefix}_${next++}`;
    const askedAt = Date.now();
    const wasReady = ready[server] === true;
    const outcome = await publishTo(servers[server]!, id);
    publications.push({ id, server, askedAt, ms: Date.now() - askedAt, outcome, wasReady });
  }

  async function publishAll(): Promise<void> {
    const startedAt = Date.now();
    for (let turn = 1; !stopping.signal.aborted; turn += 1) {
      const publishing = publishOne().finally(() => underWay.delete(publishing));
      underWay.add(publishing);
      await sleep(Math.max(startedAt + turn * (1_000 / RATE) - Date.now(), 0));
    }
    await Promise.all(underWay);
  }

  async function watch(server: number): Promise<void> {
    while (!stopping.signal.aborted) {
      const askedAt = Date.now();
      ready[server] = await isReady(servers[server]!);
      readiness.push({ server, at: Date.now(), ready: ready[server] });
      await sleep(Math.max(askedAt + READY_EVERY_MS - Date.now(), 0));
    }
  }

  const running = Promise.all([publishAll(), ...servers.map((_, server) => watch(server))]);
  return {
    publications,
    readiness,
    accepted: () => publications.filter(({ outcome }) => outcome === '202').length,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function publishTo({ url, token }: CareerHooksProcess, id: string): Promise<string> {
  try {
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(event(id)),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { code } = (await response.json()) as { code?: string };
    return response.status === 202 ? '202' : `${response.status} ${code}`;
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    return cause?.code ?? name;
  }
}

async function isReady({ url }: CareerHooksProcess): Promise<boolean> {
  const signal = AbortSignal.timeout(READY_WITHIN_MS);
  return fetch(`${url}/readyz`, { signal }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
}

/** What a load came to. */
export interface Figures {
  accepted: number;
  /** How many of each answer but 202, the most frequent first. */
  refusals: [string, number][];
  slowestMs: number;
  /** The longest time without an acceptance. */
  withoutMs: number;
  /** Refused, or answered after more than 3 s, although `/readyz` had said yes. */
  refusedWhileReady: number;
  /** The longest time for which a server said that it was ready while it was not. */
  untrueMs: number;
}

export function figuresOf({ publications, readiness }: Load): Figures {
  const refusals = new Map<string, number>();
  for (const { outcome } of publications) {
    if (outcome !== '202') refusals.set(outcome, (refusals.get(outcome) ?? 0) + 1);
  }
  const answers = publications.filter(({ outcome }) => outcome === '202').map(answeredAt);
  const moments = [
    Math.min(...publications.map(({ askedAt }) => askedAt)),
    ...answers.sort((left, right) => left - right),
    Math.max(...publications.map(({ askedAt }) => askedAt)),
  ];
  const servers = new Set(publications.map(({ server }) => server));
  return {
    accepted: answers.length,
    refusals: [...refusals].sort(([, left], [, right]) => right - left),
    slowestMs: Math.max(...publications.map(({ ms }) => ms)),
    withoutMs: Math.max(...moments.slice(1).map((at, index) => at - moments[index]!)),
    refusedWhileReady: publications.filter((each) => isBad(each) && each.wasReady).length,
    untrueMs: Math.max(
      ...[...servers].map((server) =>
        longestUntruth(
          publications.filter((each) => each.server === server),
          readiness.filter((each) => each.server === server),
        ),
      ),
    ),
  };
}

function answeredAt({ askedAt, ms }: Publication): number {
  return askedAt + ms;
}

function isBad({ outcome, ms }: Publication): boolean {
  return outcome !== '202' || ms > SLOW_MS;
}

/**
 * Of one server: from when it did not take what it said that it could, to when it said no, or took
 * something that was asked later.
 */
function longestUntruth(
  publications: readonly Publication[],
  readiness: readonly Readiness[],
): number {
  const ordered = [...publications].sort((left, right) => left.askedAt - right.askedAt);
  let longest = 0;
  let overAt = -Infinity;
  for (const { askedAt } of ordered.filter((each) => isBad(each) && each.wasReady)) {
    if (askedAt < overAt) continue;
    const saidNo = readiness.find(({ at, ready }) => !ready && at >= askedAt);
    const taken = ordered.find((each) => !isBad(each) && each.askedAt > askedAt);
    const last = ordered.at(-1)!.askedAt;
    overAt = Math.min(saidNo?.at ?? Infinity, taken?.askedAt ?? Infinity, last);
    longest = Math.max(longest, overAt - askedAt);
  }
  return longest;
}
