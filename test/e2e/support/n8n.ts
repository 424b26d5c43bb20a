import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess, type TestProcess } from '../../support/process';
import { freePorts } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import type { Execution } from './execution';
import { installN8n } from './install-n8n';
import { copyPackage, PACKAGE } from './package';
import { openSession, type Session } from './session';
import type { NewWorkflow, WorkflowNode } from './workflow';

/** Seconds on a machine with nothing else to do; minutes where all else runs at the same time. */
const START_MS = 240_000;

/** A workflow as n8n keeps it. */
interface StoredWorkflow extends NewWorkflow {
  id: string;
  versionId: string;
}

/** A real n8n with the package in it, driven by the calls that its editor makes. */
export interface TestN8n {
  url: string;
  process(): TestProcess;
  /** Calls n8n's internal API; throws unless it answers 2xx. */
  rest: Session['rest'];
  createCredential(credential: NewCredential): Promise<{ id: string; name: string }>;
  /** What the editor shows of a credential's test. */
  testCredential(credential: NewCredential): Promise<{ status: string; message: string }>;
  createWorkflow(workflow: NewWorkflow): Promise<StoredWorkflow>;
  /** Saves other parameters of its trigger. */
  changeWorkflow(
    workflow: StoredWorkflow,
    parameters: Record<string, unknown>,
  ): Promise<StoredWorkflow>;
  /** Publishes it and waits until that is done; rejects with n8n's message where it fails. */
  publish(workflow: StoredWorkflow): Promise<void>;
  unpublish(workflow: StoredWorkflow): Promise<void>;
  /** "Listen for test event": the trigger registers a test URL and waits for one event. */
  listen(workflow: StoredWorkflow): Promise<void>;
  stopListening(workflow: StoredWorkflow): Promise<void>;
  /** Runs it by hand from its manual trigger, to its end. */
  run(workflow: StoredWorkflow): Promise<Execution>;
  /** All that ran of a workflow, oldest first, with data. */
  executions(workflow: StoredWorkflow): Promise<Execution[]>;
  /** The same, once there are `count` of them that have ended. */
  waitForExecutions(
    workflow: StoredWorkflow,
    count: number,
    timeoutMs?: number,
  ): Promise<Execution[]>;
  /**
   * Starts another of n8n's processes on the same folder, with its settings and these over them.
   *
   * @param readyUrl answers 2xx once it is ready.
   */
  startBeside(
    command: 'worker' | 'webhook',
    settings: Record<string, string>,
    readyUrl: string,
  ): Promise<TestProcess>;
  /** Ends it without any notice. */
  kill(): Promise<void>;
  /** Starts it again on the same folder and port; `env` over the settings that it had. */
  restart(env?: Record<string, string>): Promise<void>;
  /** Runs a command of n8n's program beside it, on the same folder. */
  command(...args: string[]): Promise<void>;
  stop(): Promise<void>;
}

interface NewCredential {
  name: string;
  type: string;
  data: Record<string, unknown>;
}

/**
 * @param env settings over those of every test.
 * @param withPackage whether the package is in it from the start.
 */
export async function startN8n(
  env: Record<string, string> = {},
  withPackage = true,
): Promise<TestN8n> {
  const installed = await installN8n((line) => process.stderr.write(`${line}\n`));
  const folder = await mkdtemp(join(tmpdir(), 'careerhooks-n8n-'));
  // Where n8n installs its users' packages: it finds n8n's own modules from there, not the checkout's.
  if (withPackage) await copyPackage(join(folder, '.n8n', 'nodes', 'node_modules', PACKAGE));
  const [port, brokerPort] = await freePorts(2);
  const url = `http://127.0.0.1:${port}`;
  const settings: Record<string, string> = {
    ...QUIET,
    N8N_USER_FOLDER: folder,
    N8N_PORT: String(port),
    N8N_RUNNERS_BROKER_PORT: String(brokerPort),
    WEBHOOK_URL: url,
    ...env,
  };

  const ready = `${url}/healthz/readiness`;
  let child = await start('start', {}, ready);
  const session = await openSession(url);

  async function start(
    command: string,
    own: Record<string, string>,
    readyUrl: string,
  ): Promise<TestProcess> {
    const program = [installed.n8n, command];
    const started = startProcess(installed.node, program, { ...settings, ...own }, { cwd: folder });
    const isReady = () =>
      fetch(readyUrl).then(
        ({ ok }) => ok,
        () => false,
      );
    const came = await Promise.race([
      waitUntil(isReady, (yes) => yes, START_MS),
      started.exited.then(() => false),
    ]);
    if (!came) throw new Error(`n8n did not start:\n${started.output()}`);
    return started;
  }

  const n8n: TestN8n = {
    url,
    process: () => child,
    rest: session.rest,
    createCredential: (credential) => session.rest('POST', '/rest/credentials', credential),
    testCredential: (credential) =>
      session.rest('POST', '/rest/credentials/test', { credentials: { id: '', ...credential } }),
    createWorkflow: (workflow) => session.rest('POST', '/rest/workflows', workflow),
    changeWorkflow(workflow, parameters) {
      const nodes = workflow.nodes.map((node) =>
        node === triggerOf(workflow) ? { ...node, parameters } : node,
      );
      const { versionId, connections, settings } = workflow;
      const changed = { versionId, name: workflow.name, nodes, connections, settings };
      return session.rest('PATCH', `/rest/workflows/${workflow.id}`, changed);
    },
    async publish({ id, versionId }) {
      await session.rest('POST', `/rest/workflows/${id}/activate`, { versionId });
      await session.published(id);
    },
    async unpublish({ id }) {
      await session.rest('POST', `/rest/workflows/${id}/deactivate`);
      await session.published(id);
    },
    async listen(workflow) {
      await session.rest('POST', `/rest/workflows/${workflow.id}/run`, {
        workflowData: workflow,
        triggerToStartFrom: { name: triggerOf(workflow).name },
      });
    },
    async stopListening({ id }) {
      await session.rest('DELETE', `/rest/test-webhook/${id}`);
    },
    async run(workflow) {
      const { executionId } = await session.rest<{ executionId: string }>(
        'POST',
        `/rest/workflows/${workflow.id}/run`,
        { workflowData: workflow, triggerToStartFrom: { name: triggerOf(workflow).name } },
      );
      return waitUntil(() => session.execution(executionId), hasEnded, 60_000);
    },
    executions: ({ id }) => session.executions(id),
    waitForExecutions: ({ id }, count, timeoutMs = 60_000) =>
      waitUntil(
        () => session.executions(id),
        (all) => all.length >= count && all.every(hasEnded),
        timeoutMs,
      ),
    startBeside: start,
    async kill() {
      await child.end('SIGKILL');
    },
    async restart(changed = {}) {
      Object.assign(settings, changed);
      child = await start('start', {}, ready);
    },
    async command(...args) {
      const run = startProcess(installed.node, [installed.n8n, ...args], settings, { cwd: folder });
      const { code } = await run.exited;
      if (code !== 0) throw new Error(`n8n ${args.join(' ')} failed:\n${run.output()}`);
    },
    async stop() {
      await child.end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
  return n8n;
}

const QUIET = {
  N8N_LISTEN_ADDRESS: '127.0.0.1',
  N8N_ENCRYPTION_KEY: 'an encryption key for tests',
  N8N_LOG_LEVEL: 'warn',
  // Everything that n8n would ask of the internet, or show to a person.
  N8N_SECURE_COOKIE: 'false',
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_TEMPLATES_ENABLED: 'false',
  N8N_PERSONALIZATION_ENABLED: 'false',
  N8N_HIRING_BANNER_ENABLED: 'false',
  N8N_DYNAMIC_BANNERS_ENABLED: 'false',
  N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
  N8N_VERIFIED_PACKAGES_ENABLED: 'false',
};

function triggerOf(workflow: NewWorkflow): WorkflowNode {
  const trigger = workflow.nodes.find(({ type }) => /trigger$/i.test(type));
  if (trigger === undefined) throw new Error(`${workflow.name} has no trigger.`);
  return trigger;
}

function hasEnded({ status }: Execution): boolean {
  return !['new', 'running', 'waiting', 'unknown'].includes(status);
}
