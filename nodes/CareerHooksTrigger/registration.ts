import { type IHookFunctions, NodeOperationError } from 'n8n-workflow';
import { baseUrlOf } from '../api/base-url';
import { callApi, callIfThere } from '../api/call';
import { listAll } from '../api/list-all';
import type { Me } from '../api/systems';
import { checkReachable, SET_WEBHOOK_URL } from './check-reachable';
import { describeRegistrant } from './describe-registrant';
import { identityOf } from './identity';
import { readSettings, sameSettings, type Settings, TEST_SETTINGS } from './settings';
import { fingerprintOf, signingSecret } from './signing-secret';
import type { TriggerContext } from './trigger-context';

interface Endpoint extends Settings {
  id: string;
  system: string;
  user: string | null;
  url: string;
  status: 'pending' | 'active' | 'paused' | 'disabled' | 'detached';
  failing_since: string | null;
  verification: { last_error: string | null } | null;
}

/** What n8n keeps of a registration that it published; tests leave nothing behind. */
export interface Kept {
  url: string;
  /** Of the secret: after the token was replaced, the endpoint needs the new one. */
  fingerprint: string;
}

/** Whether CareerHooks has this trigger as its fields say, ready to deliver. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
  if (context.getMode() === 'manual') return false;
  const { fingerprint } = context.getWorkflowStaticData('node') as Partial<Kept>;
  if (fingerprint !== fingerprintOf(await secretOf(context))) return false;
  const { owner, settings } = readSettings(context);
  const [endpoint, ...others] = await findByIdentity(context, identityOf(context, 'production'));
  // Where it works elsewhere, that may be another n8n, of which this one is a clone: a start takes
  // nothing away. Should it be this n8n, the next delivery arrives here and says so.
  if (endpoint?.status === 'active' && endpoint.url !== webhookUrlOf(context)) {
    return endpoint.failing_since === null;
  }
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
 * Registers the trigger under its identity: an upsert, so that repeating it never makes a second
 * registration. One that was detached goes on where it was, with what it holds, and one at an earlier
 * URL moves. What the trigger had in another system, or for another user, is detached.
 *
 * Throws where n8n is out of reach of CareerHooks: a trigger that is published gets its events.
 *
 * @param url where n8n takes events for the trigger.
 */
export async function register(
  context: TriggerContext,
  url = webhookUrlOf(context),
): Promise<void> {
  const isTest = context.getMode() === 'manual';
  const { baseUrl } = await context.getCredentials('careerHooksApi');
  checkReachable(context, url, baseUrlOf(baseUrl));
  const { owner, settings, holdSeconds } = readSettings(context);
  const identity = identityOf(context, isTest ? 'test' : 'production');
  const secret = await secretOf(context);
  const endpoint: Endpoint = await callApi(context, {
    method: 'POST',
    path: '/v1/endpoints',
    body: {
      url,
      identity,
      registered_by: describeRegistrant(context),
      verify: true,
      secret,
      ...owner,
      ...settings,
      ...(isTest && TEST_SETTINGS),
    },
  });
  if (endpoint.status === 'pending') throw unanswered(context, endpoint, url);
  for (const other of await findByIdentity(context, identity)) {
    if (other.id !== endpoint.id) await takeBack(context, other, holdSeconds);
  }
  if (isTest) return;
  const kept: Kept = { url, fingerprint: fingerprintOf(secret) };
  Object.assign(context.getWorkflowStaticData('node'), kept);
}

/**
 * Takes back what is registered. n8n says neither whether it ends a test or a published workflow, nor
 * whether it publishes that again in a moment: the first is told by the URL, and for the second what
 * comes is held for a while. What is at another URL may be another n8n's, of which this one is a clone,
 * and stays. What is gone already is fine, and a server that is away is no reason to keep a workflow
 * published.
 */
export async function unregister(context: IHookFunctions): Promise<void> {
  const url = webhookUrlOf(context);
  try {
    const tests = await findByIdentity(context, identityOf(context, 'test'));
    const ended = tests.filter((test) => test.url === url);
    for (const test of ended) await deleteEndpoint(context, test.id);
    if (ended.length === 0) await takeBackPublished(context, url);
  } catch (error) {
    context.logger.warn(
      `CareerHooks may still have an endpoint for ${url}: it goes on getting events, which fail. Delete it there (CareerHooks node: Endpoint, Delete). ${(error as Error).message}`,
    );
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

/** The URL at which n8n takes events for the trigger now; throws NodeOperationError where it has none. */
export function webhookUrlOf(context: TriggerContext): string {
  const url = context.getNodeWebhookUrl('default');
  if (url === undefined) {
    throw new NodeOperationError(
      context.getNode(),
      'n8n has no webhook URL for this node. Save the workflow, and publish it again.',
    );
  }
  return url;
}

/** A test that ended before n8n stopped listening is not found any more: its URL is nobody's. */
async function takeBackPublished(context: IHookFunctions, url: string): Promise<void> {
  const { holdSeconds } = readSettings(context);
  for (const endpoint of await findByIdentity(context, identityOf(context, 'production'))) {
    if (endpoint.url === url) {
      await takeBack(context, endpoint, holdSeconds);
    } else {
      context.logger.warn(
        `CareerHooks keeps the endpoint ${endpoint.id} of this trigger, since ${endpoint.url} is not ${url}: a copy of this n8n may be there, or this one was. If it is no more, delete it there (CareerHooks node: Endpoint, Delete).`,
      );
    }
  }
}

/** Detaches an endpoint, so that it holds what comes; deletes it where nothing is to be held. */
async function takeBack(
  context: TriggerContext,
  { id, status }: Endpoint,
  holdSeconds: number,
): Promise<void> {
  if (holdSeconds === 0) return deleteEndpoint(context, id);
  if (status === 'detached') return;
  await callIfThere(context, {
    method: 'POST',
    path: `/v1/endpoints/${encodeURIComponent(id)}/detach`,
    body: { hold_seconds: holdSeconds },
  });
}

function findByIdentity(context: TriggerContext, identity: string): Promise<Endpoint[]> {
  return listAll(context, { path: '/v1/endpoints', query: { identity } });
}

async function deleteEndpoint(context: TriggerContext, id: string): Promise<void> {
  await callIfThere(context, { method: 'DELETE', path: `/v1/endpoints/${encodeURIComponent(id)}` });
}

/** n8n shows the message alone where publishing fails. */
function unanswered(context: TriggerContext, endpoint: Endpoint, url: string): NodeOperationError {
  const reason = endpoint.verification?.last_error ?? 'no answer';
  return new NodeOperationError(
    context.getNode(),
    `CareerHooks called n8n at ${url} and got no right answer: ${reason.replace(/\.$/, '')}. ${SET_WEBHOOK_URL}`,
  );
}
