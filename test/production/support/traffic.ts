import { Agent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { event } from '../../support/publishing';
import type { Asked, Proxy } from './proxies';

/** What came of a producer, and of somebody who reads, that never repeat a request. */
export interface Traffic {
  proxy: Proxy;
  /** Ids of what was published, and answered 202. */
  accepted: string[];
  /** How many publications were answered, or failed. */
  published(): number;
  /** How many questions were. */
  read(): number;
  /** Each answer that was not wanted, and each that did not come, with when, in seconds. */
  refused: string[];
  /** How many were answered as wanted since the last that was not. */
  inARow(): number;
  /** The longest that an answer took, in milliseconds. */
  slowestMs(): number;
  /** Resolves when all that was asked is answered. */
  stop(): Promise<void>;
}

/**
 * Publishes and reads through a proxy, however long answers take: half on kept connections, half on new
 * ones.
 *
 * @param rate publications a second, and as many questions.
 */
export function startTraffic(proxy: Proxy, token: string, rate = 10): Traffic {
  const stopping = new AbortController();
  const kept = new Agent({ keepAlive: true });
  const accepted: string[] = [];
  const refused: string[] = [];
  const underWay = new Set<Promise<void>>();
  let published = 0;
  let read = 0;
  let inARow = 0;
  let slowestMs = 0;
  const startedAt = Date.now();

  async function one(wanted: number, path: string, asked: Asked, turn: number): Promise<boolean> {
    const askedAt = Date.now();
    const agent = turn % 2 === 0 ? kept : undefined;
    const outcome = await proxy
      .ask(path, { ...asked, ...(agent !== undefined && { agent }) })
      .then(({ status }) => (status === wanted ? '' : String(status)), String);
    slowestMs = Math.max(slowestMs, Date.now() - askedAt);
    inARow = outcome === '' ? inARow + 1 : 0;
    if (outcome === '') return true;
    const at = ((askedAt - startedAt) / 1_000).toFixed(1);
    refused.push(`${at} s ${asked.method} ${agent ? 'kept' : 'new'}: ${outcome}`);
    return false;
  }

  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  async function publish(turn: number): Promise<void> {
    const id = `${proxy.name}_${proxy.port}_${turn}`;
    const body = JSON.stringify(event(id));
    if (await one(202, '/v1/events', { method: 'POST', headers, body }, turn)) accepted.push(id);
    published += 1;
  }
  async function ask(turn: number): Promise<void> {
    await one(200, '/v1/deliveries?limit=5', { method: 'GET', headers }, turn);
    read += 1;
  }

  const running = (async () => {
    for (let turn = 0; !stopping.signal.aborted; turn += 1) {
      for (const job of [publish(turn), ask(turn)]) {
        const done = job.finally(() => underWay.delete(done));
        underWay.add(done);
      }
      await sleep(Math.max(startedAt + ((turn + 1) * 1_000) / rate - Date.now(), 0));
    }
    await Promise.all(underWay);
  })();
  return {
    proxy,
    accepted,
    refused,
    published: () => published,
    read: () => read,
    inARow: () => inARow,
    slowestMs: () => slowestMs,
    async stop() {
      stopping.abort();
      await running;
      kept.destroy();
    },
  };
}
