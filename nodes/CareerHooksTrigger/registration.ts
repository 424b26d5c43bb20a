import { type IHookFunctions, NodeOperationError } from 'n8n-workflow';
import { baseUrlOf } from '../api/base-url';
import { callApi, callIfThere } from '../api/call';
import { listAll } from '../api/list-all';
import type { Me } from '../api/systems';
import { checkReachable, SET_WEBHOOK_URL } from './check-reachable';
import { readSettings, sameSettings, type Settings } from './settings';
import { fingerprintOf, signingSecret } from './signing-secret';

interface Endpoint extends Settings {
  id: string;
  system: string;
  user: string | null;
  status: 'pending' | 'active' | 'paused' | 'disabled';
  verification: { last_error: string | null } | null;
}

/** What n8n keeps of a registration that it published; tests leave nothing behind. */
interface Kept {
  endpointId: string;
  url: string;
  /** Of the secret: after the token changed, the endpoint needs the new one. */
  fingerprint: string;
}

/** Whether CareerHooks has this trigger as its fields say, ready to deliver. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
  const { owner, settings } = readSettings(context);
  const { fingerprint } = keptBy(context);
  const secret = await secretOf(context);
  if (fingerprint !== undefined && fingerprint !== fingerprintOf(secret)) return false;
  const [endpoint, ...others] = await findEndpoints(context);
  const me = await callApi<Me>(context, { method: 'GET', path: '/v1/me' });
  return (
    endpoint !== undefined &&
    others.length === 0 &&
    (endpoint.status === 'active' || endpoint.status === 'paused') &&
    endpoint.system === (owner.system ?? me.system) &&
    endpoint.user === (owner.user ?? me.user) &&
    sameSettings(endpoint, settings)
  );
}

/**
 * Registers the trigger: an upsert by owner and URL, so that repeating it never makes a second
 * registration. Those that the URL has with another owner go, and so does what an earlier URL of
 * this trigger left behind.
 *
 * Throws where n8n is out of reach of CareerHooks: a trigger that is published gets its events.
 */
export async function register(context: IHookFunctions): Promise<void> {
  const url = webhookUrlOf(context);
  const { baseUrl } = await context.getCredentials('careerHooksApi');
  checkReachable(context, url, baseUrlOf(baseUrl));
  const { owner, settings } = readSettings(context);
  const secret = await secretOf(context);
  const endpoint: Endpoint = await callApi(context, {
    method: 'POST',
    path: '/v1/endpoints',
    body: { url, verify: true, secret, ...owner, ...settings },
  });
  if (endpoint.status === 'pending') throw unanswered(context, endpoint, url);
  const fingerprint = fingerprintOf(secret);
  await removeOthers(context, endpoint.id, fingerprint);
  if (context.getMode() === 'manual') return;
  const kept: Kept = { endpointId: endpoint.id, url, fingerprint };
  Object.assign(context.getWorkflowStaticData('node'), kept);
}

/**
 * Deletes what is registered with this URL. It is told by its URL alone, since n8n deletes the
 * registrations of tests and of published workflows alike. What is gone already is fine, and a
 * server that is away is no reason to keep a workflow published.
 */
export async function unregister(context: IHookFunctions): Promise<void> {
  const url = webhookUrlOf(context);
  const kept = keptBy(context);
  try {
    for (const { id } of await findEndpoints(context)) await deleteEndpoint(context, id);
  } catch (error) {
    context.logger.warn(
      `CareerHooks still has an endpoint for ${url}, which gets nothing any more: delete it there. ${(error as Error).message}`,
    );
  }
  if (kept.url === url) {
    delete kept.endpointId;
    delete kept.url;
    delete kept.fingerprint;
  }
}

/** The secret of the endpoint that stands for this node. */
export async function secretOf(
  context: Pick<IHookFunctions, 'getCredentials' | 'getNode' | 'getWorkflow'>,
): Promise<string> {
  const { token } = await context.getCredentials('careerHooksApi');
  const place = { workflow: String(context.getWorkflow().id), node: context.getNode().id };
  return signingSecret(token as string, place);
}

function webhookUrlOf(context: IHookFunctions): string {
  const url = context.getNodeWebhookUrl('default');
  if (url === undefined) {
    throw new NodeOperationError(context.getNode(), 'n8n has no webhook URL for this node');
  }
  return url;
}

function keptBy(context: IHookFunctions): Partial<Kept> {
  return context.getWorkflowStaticData('node');
}

function findEndpoints(context: IHookFunctions): Promise<Endpoint[]> {
  return listAll(context, { path: '/v1/endpoints', query: { url: webhookUrlOf(context) } });
}

/**
 * The fingerprint tells whether what is kept is this node's own: a workflow that was copied to
 * another n8n brings along what its original keeps, and must not delete the original's endpoint.
 */
async function removeOthers(
  context: IHookFunctions,
  current: string,
  fingerprint: string,
): Promise<void> {
  const here = (await findEndpoints(context)).map(({ id }) => id);
  const kept = keptBy(context);
  const isOwn = kept.fingerprint === fingerprint && context.getMode() !== 'manual';
  const earlier = isOwn && kept.endpointId !== undefined ? [kept.endpointId] : [];
  for (const id of new Set([...here, ...earlier])) {
    if (id !== current) await deleteEndpoint(context, id);
  }
}

async function deleteEndpoint(context: IHookFunctions, id: string): Promise<void> {
  await callIfThere(context, { method: 'DELETE', path: `/v1/endpoints/${encodeURIComponent(id)}` });
}

function unanswered(context: IHookFunctions, endpoint: Endpoint, url: string): NodeOperationError {
  const reason = endpoint.verification?.last_error ?? 'no answer';
  return new NodeOperationError(
    context.getNode(),
    `CareerHooks called n8n at ${url} and got no right answer: ${reason}`,
    { description: SET_WEBHOOK_URL },
  );
}
