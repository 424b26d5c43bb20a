import pg from 'pg';
import { DatabaseUnavailable } from '../errors';
import { CONNECT_MS, introduce, type ServerFacts } from './about-server';
import { type Connection, endNow, wrapClient } from './connection';
import { outageOf } from './outage-of';
import type { PostgresUrl } from './read-postgres-url';
import { inTime } from './time-limit';
import type { Timelines } from './timelines';

/**
 * Makes connections to the primary of a PostgreSQL, and ends those to one that was. Where it has several
 * hosts, they are *unknown* at first: all of them are asked which is the primary in force. From then on they
 * are *known*: the one that worked last is tried first, then the others. Where none answers at first, they
 * stay unknown.
 */
export interface Connector {
  /** Throws DatabaseUnavailable; `read_only` for a standby, `superseded` for a former primary. */
  connect(): Promise<Connection>;
  /**
   * A transaction on a pooled connection has just begun on the server that answered so; throws where that
   * is not the primary.
   */
  meet(connection: Connection, answer: ServerFacts): void;
}

/** The hosts of a PostgreSQL, and what is known and open of them. */
interface Hosts {
  readonly urls: readonly string[];
  readonly name: string;
  readonly timelines: Timelines;
  readonly open: Set<Connection>;
  /** Index of the one that worked last. */
  preferred: number;
  /** Undefined until they are surveyed, and again where none answered. */
  surveyed: Promise<void> | undefined;
}

/**
 * @param timelines what this process knows of them: it may have several connectors.
 * @param name what the server is told that we are (`application_name`).
 */
export function createConnector(
  { urls }: PostgresUrl,
  timelines: Timelines,
  name: string,
): Connector {
  const open = new Set<Connection>();
  const hosts: Hosts = { urls, name, timelines, open, preferred: 0, surveyed: undefined };
  timelines.onNewer((newer) => {
    for (const connection of open) {
      if ((connection.timeline ?? newer) < newer) connection.break('another server has taken over');
    }
  });
  return {
    async connect() {
      await (hosts.surveyed ??= survey(hosts));
      return connectToAny(hosts);
    },
    meet: (connection, answer) => meet(timelines, connection, answer),
  };
}

/**
 * Of several hosts that all say they are primary the one in force is the one with the newest timeline: at
 * first all of them are asked, later what is known tells.
 */
async function survey(hosts: Hosts): Promise<void> {
  const { urls } = hosts;
  if (urls.length === 1) return;
  const asked = await Promise.allSettled(urls.map((url) => connectTo(hosts, url)));
  let newest = -1;
  if (asked.every(({ status }) => status === 'rejected')) hosts.surveyed = undefined;
  for (const [index, answer] of asked.entries()) {
    if (answer.status === 'rejected') continue;
    const { timeline = 0 } = answer.value;
    if (timeline > newest) [newest, hosts.preferred] = [timeline, index];
    await answer.value.close();
  }
}

/** One after the other, from the one that worked last on; throws what the first one said. */
async function connectToAny(hosts: Hosts): Promise<Connection> {
  const { urls, open } = hosts;
  let first: unknown;
  for (let tried = 0; tried < urls.length; tried += 1) {
    const index = (hosts.preferred + tried) % urls.length;
    try {
      const connection = await connectTo(hosts, urls[index] ?? '');
      hosts.preferred = index;
      open.add(connection);
      connection.client.once('end', () => open.delete(connection));
      return connection;
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}

async function connectTo({ urls, name, timelines }: Hosts, url: string): Promise<Connection> {
  const client = new pg.Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: CONNECT_MS / urls.length,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const facts = await inTime(CONNECT_MS, introduce(client), () => endNow(client));
    const pooled = facts.pid !== (client as unknown as { processID: number }).processID;
    const connection = wrapClient(client, { pid: facts.pid, pooled, timeline: undefined });
    meet(timelines, connection, facts);
    return connection;
  } catch (error) {
    endNow(client);
    throw outageOf(error);
  }
}

function meet(
  timelines: Timelines,
  connection: Connection,
  { pid, standby, timeline }: ServerFacts,
): void {
  connection.pid = pid;
  if (standby) {
    throw new DatabaseUnavailable(
      'read_only',
      'PostgreSQL: this server is a standby, and read-only.',
    );
  }
  if (timeline === null) return;
  connection.timeline = timeline;
  if (timelines.see(timeline)) return;
  throw new DatabaseUnavailable(
    'superseded',
    `PostgreSQL: this server is a former primary (timeline ${timeline}), whose successor is known.`,
  );
}
