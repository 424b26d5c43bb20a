import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSystem } from '@careerhooks/systems';
import {
  type CareerHooksProcess,
  instanceSettings,
  startCareerHooksProcess,
} from '../../support/process';
import { startN8n, type TestN8n } from './n8n';
import type { NodeCredential } from './workflow';

/** What CareerHooks shows of a trigger's registration. */
interface ShownEndpoint {
  id: string;
  url: string;
  status: string;
  events: string[];
  system: string;
  user: string | null;
  description: string;
  verification: { verified_at: string | null } | null;
  registered_by: { instance?: string; label?: string } | null;
  warnings: { code: string }[];
  max_retries: number | null;
  ends_at: string | null;
}

/** CareerHooks and n8n side by side, each a process of its own, as their user has them. */
export interface Stage {
  n8n: TestN8n;
  careerHooks(): CareerHooksProcess;
  /** Where CareerHooks keeps its data. */
  dataDir: string;
  /** A credential in n8n with a key for all users of the system. */
  credential(system: string, name?: string): Promise<NodeCredential>;
  /** Publishes an event with the example of its catalogue, unless `data` is given. */
  publish(event: {
    system: string;
    type: string;
    id?: string;
    data?: Record<string, unknown>;
  }): Promise<{ id: string; deliveries: number }>;
  /** Those that get events; what was unpublished lately is detached. */
  endpoints(system: string): Promise<ShownEndpoint[]>;
  stopCareerHooks(): Promise<void>;
  startCareerHooks(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param env settings of n8n over those of every test.
 * @param withPackage whether n8n has the package from the start.
 */
export async function setStage(
  env: Record<string, string> = {},
  withPackage = true,
): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-stage-'));
  const settings = await instanceSettings(dataDir);
  const [n8n, first] = await Promise.all([
    startN8n(env, withPackage),
    startCareerHooksProcess(settings),
  ]);
  let careerHooks = first;
  await careerHooks.connected();
  let credentials = 0;

  return {
    n8n,
    dataDir,
    careerHooks: () => careerHooks,
    async credential(system, name = `CareerHooks ${system} ${++credentials}`) {
      const { body } = await careerHooks.call('POST', '/v1/keys', {
        system,
        scopes: ['publish', 'manage'],
      });
      const created = await n8n.createCredential({
        name,
        type: 'careerHooksApi',
        data: { baseUrl: careerHooks.url, token: body.token },
      });
      return { careerHooksApi: { id: created.id, name: created.name } };
    },
    async publish({ system, type, id, data }) {
      const event = {
        system,
        type,
        user: 'user_1',
        data: data ?? findSystem(system)?.events[type]?.example,
        ...(id !== undefined && { id }),
      };
      const { status, body } = await careerHooks.call('POST', '/v1/events', event);
      if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`);
      return body as { id: string; deliveries: number };
    },
    async endpoints(system) {
      const { body } = await careerHooks.call('GET', '/v1/endpoints?limit=200');
      return (body.data as ShownEndpoint[]).filter(
        (endpoint) => endpoint.system === system && endpoint.status !== 'detached',
      );
    },
    async stopCareerHooks() {
      await careerHooks.end('SIGTERM');
    },
    async startCareerHooks() {
      careerHooks = await startCareerHooksProcess(settings);
      await careerHooks.connected();
    },
    async stop() {
      await Promise.all([n8n.stop(), careerHooks.end('SIGTERM')]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
