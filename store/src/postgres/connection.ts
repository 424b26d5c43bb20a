import { connect as openSocket } from 'node:net';
import type { Client } from 'pg';

/** A connection to a primary. */
export interface Connection {
  readonly client: Client;
  /** The server process that answers it, as the server itself names it. */
  pid: number;
  /** A pooler is between: the server that answers may be another with each transaction. */
  readonly pooled: boolean;
  /** Undefined where the server does not tell. */
  timeline: number | undefined;
  /** Whether it may be used again. */
  isUsable(): boolean;
  /**
   * Ends it at once, and has the server end what it was doing for it: a server that waits for a lock or
   * for its standby does not notice that its client is gone.
   */
  break(reason: string): void;
  /** Ends it as PostgreSQL wants it. */
  close(): Promise<void>;
}

const CLOSE_MS = 1_000;
const CANCEL_MS = 2_000;

export function wrapClient(
  client: Client,
  facts: Pick<Connection, 'pid' | 'pooled' | 'timeline'>,
): Connection {
  let usable = true;
  client.on('error', () => (usable = false));
  client.on('end', () => (usable = false));
  return {
    client,
    ...facts,
    isUsable: () => usable,
    break(reason) {
      if (!usable) return;
      usable = false;
      askToCancel(client);
      streamOf(client).destroy(new Error(`Connection terminated: ${reason}`));
    },
    async close() {
      usable = false;
      const stream = streamOf(client);
      const late = setTimeout(() => stream.destroy(), CLOSE_MS);
      await client.end().catch(() => undefined);
      clearTimeout(late);
    },
  };
}

/** pg has the socket, and what a cancellation needs, in fields that its types leave out. */
interface Internals {
  connection: { stream: { destroy(error?: Error): void } };
  host: string;
  port: number;
  processID: number | null;
  secretKey: number | null;
}

function internalsOf(client: Client): Internals {
  return client as unknown as Internals;
}

/** Ends a client of whatever state, without a word to its server. */
export function endNow(client: Client): void {
  streamOf(client).destroy();
}

function streamOf(client: Client): Internals['connection']['stream'] {
  return internalsOf(client).connection.stream;
}

/** The code of a CancelRequest, in PostgreSQL's protocol (its manual, 55.7). */
const CANCEL_REQUEST = 80_877_102;

/** As much as can be done: whether it arrives is told by nobody. */
function askToCancel(client: Client): void {
  const { host, port, processID, secretKey } = internalsOf(client);
  if (processID === null || secretKey === null) return;
  const message = Buffer.alloc(16);
  message.writeInt32BE(message.length, 0);
  message.writeInt32BE(CANCEL_REQUEST, 4);
  message.writeInt32BE(processID, 8);
  message.writeInt32BE(secretKey, 12);
  const socket = openSocket(
    host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port },
  );
  socket.on('error', () => undefined);
  socket.setTimeout(CANCEL_MS, () => socket.destroy());
  socket.end(message);
  socket.unref();
}
