import { setTimeout as delay } from 'node:timers/promises';
import { types } from 'node:util';
import { NativeConnection, type NativeConnectionOptions } from '@temporalio/worker';
import { reasonOf, TemporalError, type TemporalErrorCode } from './errors';
import type { Log } from './log';
import { readTemporalSettings } from './read-temporal-settings';
import { within } from './within';

export interface ConnectSettings {
  env: NodeJS.ProcessEnv;
  /** The embedded server's address. Without it, the settings in `env` name the server. */
  address?: string;
  log: Log;
  /** Gives up waiting for a server that does not answer. */
  signal?: AbortSignal;
}

export interface TemporalConnection {
  /** One for client and worker both: an eager start needs that. */
  connection: NativeConnection;
  namespace: string;
}

const BACKOFF_MS = { first: 100, most: 5_000 };
const ANSWER_TIMEOUT_MS = 10_000;
const SAY_AGAIN_AFTER_MS = 30_000;

const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

/**
 * Connects to Temporal, and makes sure that the namespace is there.
 *
 * Whatever is in the way is tried again, after 0.1 s and then up to every 5 s, for as long as the
 * signal allows: a server that does not answer may start, a namespace may be made (a new server
 * makes its own seconds after its port opens), a right may be given. The log says what it is, and
 * what to do, now and then. Only what no server can mend ends at once.
 *
 * @throws TemporalError `setting_invalid`, which names the setting, and what was in the way last
 * (`server_unreachable`, `namespace_unknown`, `access_denied`, `setting_refused`) when the signal is aborted
 */
export async function connectTemporal({
  env,
  address,
  log,
  signal,
}: ConnectSettings): Promise<TemporalConnection> {
  const { options, namespace } = whereTo(env, address);
  const server = options.address ?? '';
  let wait = BACKOFF_MS.first;
  let said: { at: number; code?: TemporalErrorCode } = { at: -Infinity };
  let obstacle = unreachable(server, 'the connection was given up');
  for (;;) {
    try {
      return { connection: await tryToConnect(options, namespace, signal), namespace };
    } catch (error) {
      if (error instanceof TemporalError && error.code === 'setting_invalid') throw error;
      if (signal?.aborted) throw obstacle;
      obstacle = error instanceof TemporalError ? error : unreachable(server, reasonOf(error));
    }
    if (said.code !== obstacle.code || Date.now() - said.at >= SAY_AGAIN_AFTER_MS) {
      said = { at: Date.now(), code: obstacle.code };
      log.warn({ address: server, reason: obstacle.message }, 'Temporal cannot be used; trying on');
    }
    await delay(wait, undefined, { signal }).catch(() => undefined);
    if (signal?.aborted) throw obstacle;
    wait = Math.min(wait * 2, BACKOFF_MS.most);
  }
}

function unreachable(server: string, reason: string): TemporalError {
  return new TemporalError(
    'server_unreachable',
    `Temporal at ${server} cannot be reached: ${reason}.`,
  );
}

function whereTo(
  env: NodeJS.ProcessEnv,
  address: string | undefined,
): { options: NativeConnectionOptions; namespace: string } {
  const settings = readTemporalSettings(env);
  if (address !== undefined) return { options: { address }, namespace: settings.namespace };
  if (settings.external) {
    return { options: settings.connectionOptions, namespace: settings.namespace };
  }
  throw new TemporalError('setting_invalid', 'TEMPORAL_ADDRESS is not set.');
}

async function tryToConnect(
  options: NativeConnectionOptions,
  namespace: string,
  signal: AbortSignal | undefined,
): Promise<NativeConnection> {
  const server = options.address ?? '';
  const connection = await open(options, server, signal);
  try {
    await within(
      ANSWER_TIMEOUT_MS,
      () =>
        connection.withDeadline(Date.now() + ANSWER_TIMEOUT_MS, () =>
          connection.workflowService.describeNamespace({ namespace }),
        ),
      signal,
    );
    return connection;
  } catch (error) {
    await connection.close();
    const code = (error as { code?: number }).code;
    if (code === NOT_FOUND) {
      throw new TemporalError(
        'namespace_unknown',
        `Temporal at ${server} has no namespace ${JSON.stringify(namespace)}: create it ` +
          `(temporal operator namespace create --namespace ${namespace}), or set ` +
          'TEMPORAL_NAMESPACE to another.',
      );
    }
    if (code === PERMISSION_DENIED || code === UNAUTHENTICATED) {
      throw denied(server, reasonOf(error));
    }
    throw error;
  }
}

/** A connection that is made after it was given up is closed. */
async function open(
  options: NativeConnectionOptions,
  server: string,
  signal: AbortSignal | undefined,
): Promise<NativeConnection> {
  let over = false;
  const opening = NativeConnection.connect(options);
  opening.then((late) => (over ? late.close() : undefined)).catch(() => undefined);
  try {
    return await within(ANSWER_TIMEOUT_MS, () => opening, signal);
  } catch (error) {
    over = true;
    throw inOurWords(error, server) ?? error;
  }
}

/** The native client tells what went wrong only in words: these are the failures that have another name with us. */
function inOurWords(error: unknown, server: string): TemporalError | undefined {
  const reason = reasonOf(error);
  if (types.isNativeError(error) && error.name === 'TypeError') {
    return new TemporalError('setting_invalid', `TEMPORAL_ADDRESS ${server}: ${reason}.`);
  }
  if (/PrivateKeyParseError/.test(reason)) {
    return new TemporalError(
      'setting_invalid',
      `TEMPORAL_TLS_CLIENT_KEY_*: the key cannot be used (${reason}).`,
    );
  }
  if (/valid authentication credentials|does not have permission/.test(reason)) {
    return denied(server, reason);
  }
  if (/InvalidContentType/.test(reason)) {
    return new TemporalError(
      'setting_refused',
      `TEMPORAL_TLS: Temporal at ${server} does not speak TLS. Set TEMPORAL_TLS to false, or ` +
        'TEMPORAL_ADDRESS to another port.',
    );
  }
  if (/InvalidCertificate|fatal alert/.test(reason)) {
    return new TemporalError(
      'setting_refused',
      `TEMPORAL_TLS_*: no trusted connection to Temporal at ${server} (${reason}). Look at ` +
        'TEMPORAL_TLS_SERVER_CA_CERT_PATH, TEMPORAL_TLS_SERVER_NAME and TEMPORAL_TLS_CLIENT_CERT_PATH.',
    );
  }
  return undefined;
}

function denied(server: string, reason: string): TemporalError {
  return new TemporalError(
    'access_denied',
    `Temporal at ${server} refuses access (${reason}). Look at TEMPORAL_API_KEY, or the client ` +
      'certificate, and TEMPORAL_NAMESPACE.',
  );
}
