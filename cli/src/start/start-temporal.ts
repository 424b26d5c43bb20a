import type { TemporalUse } from '@careerhooks/server';
import {
  connectTemporal,
  createNamespaceMeter,
  findTemporalCli,
  type Log,
  type NamespaceUse,
  readTemporalSettings,
  RETENTION_DAYS,
  setUpNamespace,
  startDevServer,
} from '@careerhooks/temporal';
import type { TemporalConnection } from '@careerhooks/worker';
import type { Logger } from 'pino';
import { dataFile, type Settings } from '../settings';
import { installRuntime } from './install-runtime';

/** The Temporal that deliveries run on: the operator's own, or the embedded one. */
export interface Temporal {
  /** Where its UI is; null where that is not known. */
  uiUrl: string | null;
  namespace: string;
  /** Resolves once it answers, however long that takes. */
  connect(signal: AbortSignal): Promise<TemporalConnection>;
  /** What it holds, as far as it says so soon; never rejects. */
  measure(): Promise<TemporalUse>;
  /** Closes the connection, and ends the embedded server; leaves another one alone. */
  stop(): Promise<void>;
}

interface Connection {
  close(): Promise<void>;
}

/** How long whoever asks for metrics may have to wait for Temporal, in milliseconds. */
const MEASURED_WITHIN_MS = 400;

export async function startTemporal(
  settings: Settings,
  log: Logger,
  hooks: { report: (line: string) => void; onReturn: () => void },
): Promise<Temporal> {
  const { env } = settings;
  let connection: Connection | undefined;
  let measureNamespace: () => Promise<NamespaceUse | undefined> = () => Promise.resolve(undefined);
  const connect = async (
    to: Pick<Parameters<typeof connectTemporal>[0], 'address' | 'signal'>,
    retentionDays: number | undefined,
  ): Promise<TemporalConnection> => {
    const made = await connectOnce({ env, log, ...to }, retentionDays);
    connection = made.connection;
    measureNamespace = createNamespaceMeter(made, MEASURED_WITHIN_MS);
    return made;
  };
  const { external, namespace } = readTemporalSettings(env);
  if (external) {
    return {
      uiUrl: settings.temporalUiUrl ?? null,
      namespace,
      connect: (signal) => connect({ signal }, settings.temporalRetentionDays),
      measure: async () => ({ ...(await measureNamespace()) }),
      stop: () => close(connection, log),
    };
  }
  const fallbackDir = dataFile(settings, 'cache');
  const cli = await findTemporalCli({ env, fallbackDir, report: hooks.report });
  let ups = 0;
  const server = await startDevServer({
    cli,
    dataDir: settings.dataDir,
    port: settings.temporalPort,
    uiPort: settings.temporalUiPort,
    namespace,
    log,
    onUp: () => {
      ups += 1;
      if (ups > 1) hooks.onReturn();
    },
  });
  return {
    uiUrl: settings.temporalUiUrl ?? server.uiUrl,
    namespace,
    async connect(signal) {
      await server.ready;
      // Nobody else's: what is set holds, also where that is shorter than before.
      const retentionDays = settings.temporalRetentionDays ?? RETENTION_DAYS;
      return connect({ address: server.address, signal }, retentionDays);
    },
    async measure() {
      const [storeBytes, namespace] = await Promise.all([server.storeBytes(), measureNamespace()]);
      return { storeBytes, ...namespace };
    },
    async stop() {
      await close(connection, log);
      await server.stop();
    },
  };
}

async function connectOnce(
  settings: Parameters<typeof connectTemporal>[0] & { log: Logger },
  retentionDays: number | undefined,
): Promise<TemporalConnection> {
  // Not before: until a connection that it has is closed, it keeps the process alive.
  installRuntime(settings.log);
  const { connection, namespace } = await connectTemporal(settings);
  let log: Log = settings.log;
  return {
    connection,
    namespace,
    async setUp(signal) {
      const outcome = await setUpNamespace({ connection, namespace, retentionDays, log, signal });
      // Tried again now and then; what to do about it is said once.
      log = outcome.searchAttributes ? settings.log : withoutWarnings(settings.log);
      return outcome;
    },
  };
}

function withoutWarnings(log: Logger): Log {
  return {
    debug: (fields, message) => log.debug(fields, message),
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.debug(fields, message),
    error: (fields, message) => log.error(fields, message),
  };
}

/** A worker that could not take leave of a Temporal that does not answer still has it: it goes with the process. */
async function close(connection: Connection | undefined, log: Logger): Promise<void> {
  try {
    await connection?.close();
  } catch (error) {
    log.debug({ err: error }, 'the connection to Temporal is still in use');
  }
}
