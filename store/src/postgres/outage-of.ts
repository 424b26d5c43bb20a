import { types } from 'node:util';
import { DatabaseUnavailable, type Outage } from '../errors';

/** What PostgreSQL's error codes (its manual's appendix A) say of the server, by how they begin. */
const BY_CODE: readonly [prefix: string, outage: Outage][] = [
  ['25006', 'read_only'],
  // By default_transaction_read_only, or a standby that was asked for what it cannot do.
  ['0A000', 'read_only'],
  ['55P03', 'locked'],
  ['40P01', 'locked'],
  ['57014', 'hangs'],
  ['25P03', 'hangs'],
  ['53', 'full'],
  ['57P', 'away'],
  // Connections that fail, and what PgBouncer says of its own (08P01).
  ['08', 'away'],
  ['58', 'away'],
  ['XX001', 'damaged'],
  ['XX002', 'damaged'],
];

/** Node's own codes of connections that fail. */
const SOCKET = /^(ECONN|EPIPE|ETIMEDOUT|E(HOST|NET)UNREACH|ENOTFOUND|EAI_|ENOENT|EACCES)/;

/** pg has no code for these. */
const LOST =
  /^(Connection terminated|timeout expired|Client has encountered a connection error|Client was closed|The server does not support SSL)/;

/**
 * What an error of pg says of the server as DatabaseUnavailable, with the error as its cause; any other
 * error is given back as it is: it is about the statement.
 */
export function outageOf(error: unknown): unknown {
  if (!types.isNativeError(error) || error instanceof DatabaseUnavailable) return error;
  const outage = classify(error);
  if (outage === undefined) return error;
  const code = codeOf(error);
  const what = code === '' ? error.message : `${error.message} (${code})`;
  return new DatabaseUnavailable(outage, `PostgreSQL: ${what || error.name}`, { cause: error });
}

/** Whether PostgreSQL ended a transaction to break a deadlock: run again, it may well succeed. */
export function isDeadlock(error: unknown): boolean {
  return (
    error instanceof DatabaseUnavailable &&
    types.isNativeError(error.cause) &&
    codeOf(error.cause) === '40P01'
  );
}

/** Throws what an error of pg says of the server, by `outageOf`. */
export function throwOutage(error: unknown): never {
  throw outageOf(error);
}

function classify(error: Error): Outage | undefined {
  const code = codeOf(error);
  const known = BY_CODE.find(([prefix]) => code.length === 5 && code.startsWith(prefix));
  if (known !== undefined) return known[1];
  return SOCKET.test(code) || LOST.test(error.message) ? 'away' : undefined;
}

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
