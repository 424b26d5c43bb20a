import {
  createApp,
  createMetrics,
  createTokenVerifier,
  type EnginePort,
  expressMessages,
} from '@careerhooks/server';
import type { EventIntake } from '@careerhooks/store';
import { burstWorkflowId, deliveryWorkflowId } from '@careerhooks/workflows';
import { adminToken } from '../admin-token';
import { cvWebhookSecret } from '../cv-webhook-secret';
import { listenHttp } from './listen-http';
import type { Base } from './open-base';
import type { Temporal } from './start-temporal';
import { watchReadiness } from './watch-readiness';

/** Serves the API, and returns its URL. */
export async function serveApi(
  base: Base,
  { engine, intake, temporal }: { engine: EnginePort; intake: EventIntake; temporal: Temporal },
): Promise<string> {
  const { settings, store, egress, egressPolicy, log, shutdown } = base;
  const readiness = watchReadiness(store, log);
  const isStopping = (): boolean => shutdown.near.aborted;
  const app = createApp({
    store,
    intake,
    readiness,
    isStopping,
    engine,
    egressPolicy,
    adminToken: adminToken(settings),
    cv: { ...settings.cv, secret: cvWebhookSecret(settings) },
    tokens: createTokenVerifier(settings.tokens, egress),
    workflowOf: (delivery) => workflowOf(temporal, delivery),
    requestsPerSecond: settings.requestsPerSecond,
    trustProxy: settings.trustProxy,
    publicUrl: settings.publicUrl,
    metrics: createMetrics(store, {
      readiness,
      isReady: async () => !isStopping() && (await readiness.outage()) === undefined,
      measureTemporal: () => temporal.measure(),
    }),
    log,
  });
  const http = await listenHttp(app, settings.host, settings.port, {
    setting: 'PORT',
    leaving: shutdown.near,
    messages: expressMessages(app),
  });
  shutdown.add(() => http.stop());
  return http.url;
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
