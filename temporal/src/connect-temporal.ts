import { setTimeout as delay } from 'node:timers/promises';
import { types } from 'node:util';
import { NativeConnection, type NativeConnectionOptions } from '@temporalio/worker';
import { reasonOf, TemporalError } from './errors';
import type { Log } from './log';
import { readTemporalSettings } from './read-temporal-settings';

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
const DESCRIBE_TIMEOUT_MS = 10_000;
const SAY_AGAIN_AFTER_MS = 30_000;

const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

/**
 * Connects to Temporal, and makes sure that the namespace is there.
 *
 * A server that cannot be reached is tried again, after 0.1 s and then up to every 5 s, for as long
 * as the signal allows: the engine goes on taking events meanwhile. What waiting cannot mend ends
 * at once.
 *
 * @throws TemporalError `setting_invalid`, `access_denied` and `namespace_unknown`, each naming the
 * settings, and `server_unreachable` when the signal is aborted
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
  let saidAt = -Infinity;
  for (;;) {
    let reason: string;
    try {
      return { connection: await tryToConnect(options, namespace), namespace };
    } catch (error) {
      if (error instanceof TemporalError) throw error;
      reason = reasonOf(error);
    }
    if (Date.now() - saidAt >= SAY_AGAIN_AFTER_MS) {
      saidAt = Date.now();
      log.warn({ address: server, reason }, 'Temporal cannot be reached; trying on');
    }
    await delay(wait, undefined, { signal }).catch(() => undefined);
    if (signal?.aborted) {
      throw new TemporalError('server_unreachable', `Temporal at ${server}: ${reason}`);
    }
    wait = Math.min(wait * 2, BACKOFF_MS.most);
  }
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
): Promise<NativeConnection> {
  const server = options.address ?? '';
  let connection: NativeConnection;
  try {
    connection = await NativeConnection.connect(options);
  } catch (error) {
    throw lastingFailure(error, server) ?? error;
  }
  try {
    await connection.withDeadline(Date.now() + DESCRIBE_TIMEOUT_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
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

/**
 * The native client tells what went wrong only in words: these are the failures that waiting does
 * not mend, in its words.
 */
function lastingFailure(error: unknown, server: string): TemporalError | undefined {
  const reason = reasonOf(error);
  if (types.isNativeError(error) && error.name === 'TypeError') {
    return new TemporalError('setting_invalid', `TEMPORAL_ADDRESS ${server}: ${reason}.`);
  }
  if (/valid authentication credentials|does not have permission/.test(reason)) {
    return denied(server, reason);
  }
  if (/InvalidContentType/.test(reason)) {
    return new TemporalError(
      'setting_invalid',
      `TEMPORAL_TLS: Temporal at ${server} does not speak TLS. Set TEMPORAL_TLS to false, or ` +
        'TEMPORAL_ADDRESS to another port.',
    );
  }
  if (/InvalidCertificate|PrivateKeyParseError|fatal alert/.test(reason)) {
    return new TemporalError(
      'setting_invalid',
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
