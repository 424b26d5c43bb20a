import pg from 'pg';
import { DatabaseUnavailable } from '../errors';
import { CONNECT_MS, introduce, type ServerFacts } from './about-server';
import { type Connection, endNow, wrapClient } from './connection';
import { outageOf } from './outage-of';
import type { PostgresUrl } from './read-postgres-url';
import { inTime } from './time-limit';
import type { Timelines } from './timelines';

/** Makes connections to the primary of a PostgreSQL, and ends those to one that was. */
export interface Connector {
  /** Throws DatabaseUnavailable; `read_only` for a standby, `superseded` for a former primary. */
  connect(): Promise<Connection>;
  /**
   * A transaction on a pooled connection has just begun on the server that answered so; throws where that
   * is not the primary.
   */
  meet(connection: Connection, answer: ServerFacts): void;
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
  /** The one that worked last. */
  let preferred = 0;
  let surveyed: Promise<void> | undefined;

  timelines.onNewer((newer) => {
    for (const connection of open) {
      if ((connection.timeline ?? newer) < newer) connection.break('another server has taken over');
    }
  });

  function meet(connection: Connection, { pid, standby, timeline }: ServerFacts): void {
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

  async function connectTo(url: string): Promise<Connection> {
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
      meet(connection, facts);
      return connection;
    } catch (error) {
      endNow(client);
      throw outageOf(error);
    }
  }

  /**
   * Of several hosts that all say they are primary the one in force is the one with the newest timeline: at
   * first all of them are asked, later what is known tells.
   */
  async function survey(): Promise<void> {
    if (urls.length === 1) return;
    const asked = await Promise.allSettled(urls.map((url) => connectTo(url)));
    let newest = -1;
    if (asked.every(({ status }) => status === 'rejected')) surveyed = undefined;
    for (const [index, answer] of asked.entries()) {
      if (answer.status === 'rejected') continue;
      const { timeline = 0 } = answer.value;
      if (timeline > newest) [newest, preferred] = [timeline, index];
      await answer.value.close();
    }
  }

  return {
    async connect() {
      await (surveyed ??= survey());
      let first: unknown;
      for (let tried = 0; tried < urls.length; tried += 1) {
        const index = (preferred + tried) % urls.length;
        try {
          const connection = await connectTo(urls[index] ?? '');
          preferred = index;
          open.add(connection);
          connection.client.once('end', () => open.delete(connection));
          return connection;
        } catch (error) {
          first ??= error;
        }
      }
      throw first;
    },
    meet,
  };
}
