import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../postgres/connection';
import type { Connector } from '../postgres/connector';
import { inTime } from '../postgres/time-limit';
import { CHANNEL, type Listening, type WakeUp, type WakeUpListener } from './wake-up';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
/** A connection that is silent says nothing of its end: it is asked now and then to be heard. */
const ASK_EVERY_MS = 30_000;
const ANSWER_MS = 3_000;
const HEAR_MS = 3_000;

/** How long after which it is tried again where nothing was heard: that will hardly change. */
const DEAF_WAIT_MS = 60_000;

/** The connection answers, but passes nothing on. */
class Unheard extends Error {
  constructor() {
    super(
      'Notifications do not come through: a pooler that gives connections to single transactions is in ' +
        'between: name the database itself in DATABASE_DIRECT_URL; or that leads to another database.',
    );
  }
}

/**
 * Listens on a connection of its own, since a pool's may be anybody's a moment
 * later; makes it again when it is lost. What was notified meanwhile is not heard:
 * each connection begins with a wake-up of everything, which goes by way of the
 * database, so that it also tells whether anything is heard.
 */
export function listenOnPostgres(connector: Connector, hearing: Hearing): Listening {
  const { listener } = hearing;
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let deaf = false;

  async function run(): Promise<void> {
    let wait = FIRST_WAIT_MS;
    while (!isStopping()) {
      try {
        await listen(() => (wait = FIRST_WAIT_MS));
      } catch (error) {
        deaf = error instanceof Unheard;
        if (deaf) wait = DEAF_WAIT_MS;
        if (!isStopping()) listener.lost(error);
      }
      await pause(wait, stopping.signal);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }

  /** Until the connection is lost, which it throws, or listening ends. */
  async function listen(onHearing: () => void): Promise<void> {
    const connection = await connector.connect();
    try {
      const line = openLine(connection, hearing);
      await ask(connection, `listen ${CHANNEL}`);
      await line.hearOneself();
      deaf = false;
      onHearing();
      listener.heard('cv');
      for (;;) {
        await pause(ASK_EVERY_MS, AbortSignal.any([stopping.signal, line.lost]));
        line.lost.throwIfAborted();
        if (isStopping()) return;
        await line.hearOneself();
      }
    } finally {
      await connection.close();
    }
  }

  const running = run();
  return {
    isDeaf: () => deaf,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

interface Hearing {
  listener: WakeUpListener;
  /** Makes connections as those do who notify. */
  notifier: Connector;
  /** Whether the connections that listen are made by another URL. */
  isDirect: boolean;
}

interface Line {
  /** Throws where what is notified is not heard on this connection. */
  hearOneself(): Promise<void>;
  lost: AbortSignal;
}

function openLine(connection: Connection, hearing: Hearing): Line {
  const lost = new AbortController();
  let heard: () => void = () => undefined;
  connection.client.on('error', (error) => lost.abort(error));
  connection.client.on('end', () => lost.abort(new Error('The connection was closed.')));
  connection.client.on('notification', ({ payload }) => {
    heard();
    hearing.listener.heard(payload as WakeUp);
  });
  return {
    async hearOneself() {
      const echo = new AbortController();
      heard = () => echo.abort();
      await notify(connection, hearing);
      await pause(HEAR_MS, echo.signal);
      if (!echo.signal.aborted) throw new Unheard();
    },
    lost: lost.signal,
  };
}

/**
 * As others do: by way of the database's own URL where that is another. A pooler passes on what comes
 * within a transaction in any case: there, it is notified on another connection, too.
 */
async function notify(
  listening: Connection,
  { notifier, isDirect }: Pick<Hearing, 'notifier' | 'isDirect'>,
): Promise<void> {
  const text = `notify ${CHANNEL}, 'deliveries'`;
  if (!listening.pooled && !isDirect) return ask(listening, text);
  const other = await notifier.connect();
  try {
    await ask(other, text);
  } finally {
    await other.close();
  }
}

async function ask(connection: Connection, text: string): Promise<void> {
  const answer = connection.client.query(text);
  await inTime(ANSWER_MS, answer, () => connection.break('it does not answer'));
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
