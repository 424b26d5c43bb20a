import type { Client, QueryResult } from 'pg';

/** What a server says of itself. */
export interface ServerFacts {
  pid: number;
  standby: boolean;
  timeline: number | null;
}

/** Within which a connection has to be made, in milliseconds; the less, the more hosts there are to try. */
export const CONNECT_MS = 2_500;

/**
 * A process that stands still in the middle of a transaction (stopped, or its machine asleep) holds up
 * whoever needs the same rows for no longer than this, in milliseconds.
 */
const STANDSTILL_MS = 10_000;

/** How long a statement waits for a lock, in milliseconds: less than any time limit, so that the error names it. */
const LOCK_MS = 2_000;

/** The settings of a session, or of one transaction of it where a pooler is between. */
export function limits(scope: 'session' | 'local'): string {
  return [
    `set ${scope} lock_timeout = ${LOCK_MS}`,
    `set ${scope} idle_in_transaction_session_timeout = ${STANDSTILL_MS}`,
  ].join('; ');
}

/**
 * The first eight digits of the name of the file that the server writes its log to are its timeline, in
 * hexadecimal; a standby does not write.
 */
const TIMELINE = `case when pg_is_in_recovery() then null
  else ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int end`;

/** Gives `ServerFacts`. */
export function aboutServer(tellsTimeline: boolean): string {
  return `select pg_backend_pid() as pid, pg_is_in_recovery() as standby,
    ${tellsTimeline ? TIMELINE : 'null::int'} as timeline`;
}

/** Asks by statements of which the last gives `ServerFacts`. */
export async function askServer(client: Client, text: string): Promise<ServerFacts> {
  // Of several statements pg gives several results, which its types do not say.
  const results = (await client.query(text)) as unknown as QueryResult<ServerFacts>[];
  const facts = results.at(-1)?.rows[0];
  if (facts === undefined) throw new Error('PostgreSQL does not say who it is.');
  return facts;
}

/** What servers say that do not know, or do not allow, the functions that tell the timeline. */
const UNTOLD = /^(42|0A|22|55)/;

/** Gives a new session its settings, and asks who it is with. */
export async function introduce(client: Client): Promise<ServerFacts> {
  const ask = (tellsTimeline: boolean): Promise<ServerFacts> =>
    askServer(client, `${limits('session')}; ${aboutServer(tellsTimeline)}`);
  try {
    return await ask(true);
  } catch (error) {
    if (!UNTOLD.test(String((error as { code?: unknown }).code))) throw error;
    return ask(false);
  }
}
