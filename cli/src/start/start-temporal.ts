import {
  connectTemporal,
  findTemporalCli,
  readTemporalSettings,
  setUpNamespace,
  startDevServer,
} from '@careerhooks/temporal';
import type { TemporalConnection } from '@careerhooks/worker';
import type { Logger } from 'pino';
import type { Settings } from '../settings';
import { installRuntime } from './install-runtime';

/** The Temporal that deliveries run on: the operator's own, or the embedded one. */
export interface Temporal {
  /** Where its UI is; null where that is not known. */
  uiUrl: string | null;
  namespace: string;
  /** Resolves once it answers, however long that takes. */
  connect(signal: AbortSignal): Promise<TemporalConnection>;
  /** Closes the connection, and ends the embedded server; leaves another one alone. */
  stop(): Promise<void>;
}

export async function startTemporal(
  settings: Settings,
  log: Logger,
  hooks: { report: (line: string) => void; onReturn: () => void },
): Promise<Temporal> {
  const { env } = settings;
  let connection: { close(): Promise<void> } | undefined;
  const connect = async (
    to: Pick<Parameters<typeof connectTemporal>[0], 'address' | 'signal'>,
  ): Promise<TemporalConnection> => {
    const made = await connectOnce({ env, log, ...to });
    connection = made.connection;
    return made;
  };
  const { external, namespace } = readTemporalSettings(env);
  if (external) {
    return {
      uiUrl: settings.temporalUiUrl ?? null,
      namespace,
      connect: (signal) => connect({ signal }),
      stop: async () => connection?.close(),
    };
  }
  const cli = await findTemporalCli({ env, report: hooks.report });
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
      return connect({ address: server.address, signal });
    },
    async stop() {
      await connection?.close();
      await server.stop();
    },
  };
}

async function connectOnce(
  settings: Parameters<typeof connectTemporal>[0] & { log: Logger },
): Promise<TemporalConnection> {
  // Not before: until a connection that it has is closed, it keeps the process alive.
  installRuntime(settings.log);
  const { connection, namespace } = await connectTemporal(settings);
  return {
    connection,
    namespace,
    setUp: () => setUpNamespace({ connection, namespace, log: settings.log }),
  };
}
