import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { signalTree } from './daemon';

/** Debian's PostgreSQL 15. */
export const BINARIES = '/usr/lib/postgresql/15/bin';

/** The superuser of every PostgreSQL of the tests. */
export const SUPERUSER = { user: 'postgres', password: 'of-the-tests' };

/** What is to be known of one PostgreSQL, whoever started it. */
export interface PostgresNode {
  name: string;
  /** Where it listens on loopback. */
  port: number;
  folder: string;
}

/** Process id of the postmaster; 0 where there is none. */
export function postmasterOf({ folder }: PostgresNode): number {
  const file = join(folder, 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  return existsSync(`/proc/${pid}`) ? pid : 0;
}

/** Kills, stops or continues the whole of it at once, as the fall of its machine would. */
export function signalNode(node: PostgresNode, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
  const pid = postmasterOf(node);
  if (pid > 0) signalTree(pid, signal);
}

/** Asks as the superuser, on a connection of its own; rejects where no answer comes within 2 s. */
export async function queryNode(
  port: number,
  sql: string,
  values: unknown[] = [],
  database = 'postgres',
): Promise<Record<string, unknown>[]> {
  const client = new Client({
    ...SUPERUSER,
    host: '127.0.0.1',
    port,
    database,
    application_name: 'test',
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql, values);
    return rows;
  } finally {
    void client.end().catch(() => undefined);
  }
}

/** False too where it does not answer. */
export async function isPrimary(port: number): Promise<boolean> {
  const rows = await queryNode(port, 'select pg_is_in_recovery() as standby').catch(() => []);
  return rows[0]?.standby === false;
}
