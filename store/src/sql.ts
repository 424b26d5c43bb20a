import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql, Value } from './databases/database';
import { isBusy } from './databases/sqlite-error';
import { isDeadlock } from './postgres/outage-of';
import type { Dialect, OpenDatabase } from './open-database';
import { yieldToEventLoop } from './yield-to-event-loop';

/** Runs one statement with `?` bindings and returns its rows (those of RETURNING, too). */
export async function rowsOf<Row>(
  on: Sql,
  sql: string,
  bindings: readonly Value[] = [],
  limit: { withinMs?: number } = {},
): Promise<Row[]> {
  // A transaction is tried again as a whole.
  const rows = on.isTransaction
    ? await on.run(sql, bindings)
    : await whenFree(() => on.run(sql, bindings, limit));
  return rows as Row[];
}

/** As `rowsOf`, for statements that give one row or none. */
export async function rowOf<Row>(
  on: Sql,
  sql: string,
  bindings: readonly Value[] = [],
  limit: { withinMs?: number } = {},
): Promise<Row | undefined> {
  return (await rowsOf<Row>(on, sql, bindings, limit))[0];
}

const MAX_DEADLOCKS = 5;

/**
 * Runs `work` in one transaction of the writing side; again, where PostgreSQL
 * ended it to break a deadlock, and where another process has the SQLite file.
 */
export async function inTransaction<Result>(
  store: Pick<OpenDatabase, 'write'>,
  work: (transaction: Sql) => Promise<Result>,
  limit: { withinMs?: number } = {},
): Promise<Result> {
  for (let deadlocks = 0; ; deadlocks += 1) {
    try {
      return await whenFree(() => store.write.transaction(work, limit));
    } catch (error) {
      if (!isDeadlock(error) || deadlocks === MAX_DEADLOCKS) throw error;
    }
  }
}

const BUSY_PATIENCE_MS = 5_000;
const BUSY_PAUSE_MS = 20;

/**
 * Takes its turn, and waits for another process that has the SQLite file: `busy_timeout` would stop
 * the event loop for as long.
 */
async function whenFree<Result>(run: () => Promise<Result>): Promise<Result> {
  await yieldToEventLoop();
  const givesUpAt = Date.now() + BUSY_PATIENCE_MS;
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (!isBusy(error) || Date.now() > givesUpAt) throw error;
    }
    await sleep(BUSY_PAUSE_MS);
  }
}

type ColumnTypes<Name extends string> = Readonly<Record<Name, 'text' | 'bigint' | 'integer'>>;

/**
 * SQL for a derived table whose rows come from one JSON array parameter (`?`),
 * under the alias `alias`: a bulk statement is then one string to parse and one
 * binding, however many rows it carries. Column types are `text`, `bigint` or
 * `integer`.
 */
export function jsonRows(dialect: Dialect, alias: string, columns: ColumnTypes<string>): string {
  const entries = Object.entries(columns);
  if (dialect === 'postgres') {
    const list = entries.map(([name, type]) => `"${name}" ${type}`).join(', ');
    return `json_to_recordset(cast(? as json)) as ${alias}(${list})`;
  }
  const list = entries.map(([name]) => `value ->> '${name}' as "${name}"`).join(', ');
  return `(select ${list} from json_each(?)) as ${alias}`;
}

/**
 * The parameter of `jsonRows`. PostgreSQL refuses U+0000 and lone surrogates in
 * text, and would fail the whole statement for them (a receiver may well answer
 * with NUL bytes); they become U+FFFD. JSON.stringify writes both as escapes,
 * which the pattern tells from escapes within a string by pairing backslashes.
 */
export function jsonParameter(rows: readonly object[]): string {
  const json = JSON.stringify(rows);
  if (!json.includes('\\u')) return json;
  return json.replace(/\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g, (escape) =>
    escape === '\\\\' ? escape : '\ufffd',
  );
}

/**
 * Runs, within a transaction, a statement that writes `rows`, which it reads from the
 * table that it is given, under the alias `r`; gives what it returns. PostgreSQL takes
 * all rows at once (`jsonRows`). SQLite takes one after the other: there a statement is
 * a call, not a round trip, and parsing JSON costs as much again as writing.
 */
export async function writeRows<Name extends string>(
  on: Sql,
  { dialect, columns, rows }: RowsToWrite<Name>,
  statement: (table: string) => string,
): Promise<unknown[]> {
  if (dialect === 'postgres') {
    return on.run(statement(jsonRows(dialect, 'r', columns)), [jsonParameter(rows)]);
  }
  const names = Object.keys(columns) as Name[];
  const sql = statement(`(select ${names.map((name) => `? as "${name}"`).join(', ')}) as r`);
  const written: unknown[] = [];
  for (const row of rows) {
    written.push(
      ...(await on.run(
        sql,
        names.map((name) => storable(row[name])),
      )),
    );
  }
  return written;
}

interface RowsToWrite<Name extends string> {
  dialect: Dialect;
  columns: ColumnTypes<Name>;
  rows: readonly Readonly<Record<NoInfer<Name>, Value>>[];
}

/** As `jsonParameter` has it: text is the same on both databases. */
function storable(value: Value): Value {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value;
}

/** Column values by name; an undefined one is left out of the statement. */
export type Columns = Record<string, Value | undefined>;

/** `name = ?, …` for an UPDATE, and its bindings. */
export function assignments(columns: Columns): [sql: string, bindings: Value[]] {
  const given = givenColumns(columns);
  return [given.map(([name]) => `${name} = ?`).join(', '), given.map(([, value]) => value)];
}

/** `(name, …) values (?, …)` for an INSERT, and its bindings. */
export function insertion(columns: Columns): [sql: string, bindings: Value[]] {
  const given = givenColumns(columns);
  const names = given.map(([name]) => name).join(', ');
  return [
    `(${names}) values (${given.map(() => '?').join(', ')})`,
    given.map(([, value]) => value),
  ];
}

function givenColumns(columns: Columns): [string, Value][] {
  return Object.entries(columns).filter(
    (entry): entry is [string, Value] => entry[1] !== undefined,
  );
}
