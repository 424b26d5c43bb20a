import { createEgressClient, type EgressClient, type EgressPolicy } from '@careerhooks/egress';
import { createApp, createMetrics, createTokenVerifier } from '@careerhooks/server';
import {
  createEventIntake,
  type FileLock,
  lockFile,
  recoverEndpoints,
  type Store,
} from '@careerhooks/store';
import { createEngine, type DeliveryEngine } from '@careerhooks/worker';
import { burstWorkflowId, deliveryWorkflowId } from '@careerhooks/workflows';
import type { Logger } from 'pino';
import { adminToken } from '../admin-token';
import { cvWebhookSecret } from '../cv-webhook-secret';
import { openConfiguredStore } from '../open-store';
import { dataFile, type Settings } from '../settings';
import { type HttpServer, listenHttp } from './listen-http';
import { tellRecovery } from './tell-recovery';
import { startTemporal, type Temporal } from './start-temporal';

/** A whole CareerHooks in this process: server, worker and, unless another is named, Temporal. */
export interface CareerHooks {
  url: string;
  temporalUiUrl: string | null;
  /** Whether deliveries run; until then events are accepted and kept. */
  connected: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts everything. The API answers as soon as the database is open; Temporal
 * is started, or waited for, beside it. Throws SetupError, StoreError or
 * TemporalError with a message for the operator.
 */
export async function startCareerHooks(
  settings: Settings,
  log: Logger,
  report: (line: string) => void,
): Promise<CareerHooks> {
  const policy: EgressPolicy = {
    httpsOnly: settings.production,
    publicOnly: settings.production,
    allow: settings.allowCidrs,
  };
  const stopping = new AbortController();
  const running: Partial<Parts> = {};
  const stop = async (): Promise<void> => {
    stopping.abort();
    await running.connecting?.catch(() => undefined);
    // No new work comes in first; then what is under way ends, on a Temporal that still runs.
    await running.http?.stop();
    await running.engine?.stop();
    await running.connection?.close();
    await running.temporal?.stop();
    await running.egress?.close();
    await running.store?.close();
    await running.lock?.release();
  };

  try {
    // One process owns an SQLite database; on PostgreSQL there may be several.
    if (settings.databaseUrl === undefined) {
      running.lock = await lockFile(dataFile(settings, 'instance.lock'));
    }
    const store = (running.store = await openConfiguredStore(settings));
    tellRecovery(await recoverEndpoints(store), log, report);
    const egress = (running.egress = createEgressClient(policy));
    const engine = createEngine({
      store,
      egress,
      retentionMs: settings.retentionMs,
      cv: { ...settings.cv, egressPolicy: policy },
      log,
    });
    running.engine = engine;
    const temporal = await startTemporal(settings, log, {
      report,
      onReturn: () => {
        engine.reconcile().catch((error: unknown) => log.error({ err: error }, 'reconcile failed'));
      },
    });
    running.temporal = temporal;

    await engine.start();
    const app = createApp({
      store,
      intake: createEventIntake(store, engine.firstAttempts),
      engine,
      egressPolicy: policy,
      adminToken: adminToken(settings),
      cv: { ...settings.cv, secret: cvWebhookSecret(settings) },
      tokens: createTokenVerifier(settings.tokens, egress),
      workflowOf: (delivery) => workflowOf(temporal, delivery),
      requestsPerSecond: settings.requestsPerSecond,
      trustProxy: settings.trustProxy,
      metrics: createMetrics(store),
      log,
    });
    running.http = await listenHttp(app, settings.host, settings.port);

    const connected = temporal.connect(stopping.signal).then(async (connection) => {
      running.connection = connection;
      await engine.connect(connection);
    });
    // Whoever started us awaits it; after a stop it may fail unheard.
    running.connecting = connected.catch(() => undefined);
    return { url: running.http.url, temporalUiUrl: temporal.uiUrl, connected, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What has to be ended when we stop. */
interface Parts {
  lock: FileLock;
  store: Store;
  egress: EgressClient;
  engine: DeliveryEngine;
  temporal: Temporal;
  http: HttpServer;
  connecting: Promise<void>;
  connection: { close(): Promise<void> };
}

function workflowOf(
  temporal: Temporal,
  { id, burstId }: { id: string; burstId: string | null },
): { workflow_id: string; workflow_url: string | null } {
  const workflowId = burstId === null ? deliveryWorkflowId(id) : burstWorkflowId(burstId);
  return {
    workflow_id: workflowId,
    workflow_url:
      temporal.uiUrl === null
        ? null
        : `${temporal.uiUrl}/namespaces/${temporal.namespace}/workflows/${encodeURIComponent(workflowId)}`,
  };
}
