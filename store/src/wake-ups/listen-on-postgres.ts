import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CHANNEL, type Listening, type WakeUp, type WakeUpListener } from './wake-up';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
/** A connection that is silent says nothing of its end: it is asked now and then. */
const ASK_EVERY_MS = 30_000;
const ANSWER_MS = 6_000;
const CLOSE_MS = 1_000;

/**
 * Listens on a connection of its own, since a pool's may be anybody's a moment
 * later; makes it again when it is lost. What was notified meanwhile is not heard:
 * each connection begins with a wake-up of everything.
 */
export function listenOnPostgres(databaseUrl: string, listener: WakeUpListener): Listening {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;

  async function run(): Promise<void> {
    let wait = FIRST_WAIT_MS;
    while (!isStopping()) {
      try {
        await listen(() => (wait = FIRST_WAIT_MS));
      } catch (error) {
        if (!isStopping()) listener.lost(error);
      }
      await pause(wait, stopping.signal);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }

  /** Until the connection is lost, which it throws, or listening ends. */
  async function listen(onConnected: () => void): Promise<void> {
    const lost = new AbortController();
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'careerhooks-listen',
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    client.on('error', (error) => lost.abort(error));
    client.on('end', () => lost.abort(new Error('The connection was closed.')));
    client.on('notification', ({ payload }) => listener.heard(payload as WakeUp));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      onConnected();
      listener.heard('deliveries');
      listener.heard('cv');
      const ended = AbortSignal.any([stopping.signal, lost.signal]);
      for (;;) {
        await pause(ASK_EVERY_MS, ended);
        lost.signal.throwIfAborted();
        if (isStopping()) return;
        await client.query('select 1');
      }
    } finally {
      await Promise.race([client.end().catch(() => undefined), sleep(CLOSE_MS)]);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
