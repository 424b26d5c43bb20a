import type { RequestListener } from 'node:http';
import { createMetrics } from '@careerhooks/server';
import type { Engine } from '@careerhooks/worker';
import { type HttpServer, listenHttp } from './listen-http';
import type { Base } from './open-base';
import type { Temporal } from './start-temporal';
import { watchReadiness } from './watch-readiness';

interface HealthAnswer {
  status: number;
  type: string;
  text: string;
}

/**
 * Serves a worker's `/healthz`, `/readyz` and `/metrics`, where a port is set for
 * them; whoever asked for it stops it. A worker is ready while the database takes
 * what it records and Temporal answers, until it is asked to stop.
 */
export async function serveHealth(
  { settings, store, log, shutdown }: Base,
  engine: Engine,
  temporal: Temporal,
): Promise<HttpServer | undefined> {
  if (settings.workerPort === undefined) return undefined;
  const database = watchReadiness(store, log);
  const readiness = async () => {
    const [outage, reaches] = await Promise.all([database.outage(), engine.reachesTemporal()]);
    const stopping = shutdown.near.aborted;
    const ready = outage === undefined && reaches && !stopping;
    return { outage, temporal: reaches ? 'ok' : 'away', ready, stopping };
  };
  const { registry } = createMetrics(store, {
    readiness: database,
    isReady: async () => (await readiness()).ready,
    measureTemporal: () => temporal.measure(),
  });

  const answers: Readonly<Record<string, () => Promise<HealthAnswer>>> = {
    '/healthz': () => Promise.resolve(json(200, { status: 'ok' })),
    '/metrics': async () => ({
      status: 200,
      type: registry.contentType,
      text: await registry.metrics(),
    }),
    async '/readyz'() {
      const { outage, temporal, ready, stopping } = await readiness();
      return json(ready ? 200 : 503, {
        status: ready ? 'ready' : 'not_ready',
        database: outage === undefined ? 'ok' : 'away',
        temporal,
        outage,
        ...(stopping && { stopping }),
      });
    },
  };

  const listener: RequestListener = (request, response) => {
    const answer = answers[request.url ?? ''] ?? notFound;
    answer()
      .catch((error: unknown) => {
        log.error({ err: error, path: request.url }, 'request failed');
        return json(500, { status: 'error' });
      })
      .then(({ status, type, text }) =>
        response.writeHead(status, { 'content-type': type }).end(text),
      )
      .catch((error: unknown) => log.debug({ err: error }, 'nobody waited for the answer'));
  };
  return listenHttp(listener, settings.host, settings.workerPort, {
    setting: 'WORKER_PORT',
    leaving: shutdown.near,
  });
}

function notFound(): Promise<HealthAnswer> {
  return Promise.resolve(json(404, { status: 'not_found' }));
}

function json(status: number, body: object): HealthAnswer {
  return { status, type: 'application/json', text: JSON.stringify(body) };
}
