import { waitUntil } from '../../support/wait-until';
import type { Execution } from './execution';

export const OWNER = {
  email: 'owner@example.com',
  password: 'Correct-Horse-1',
  firstName: 'Olive',
  lastName: 'Owner',
};

/** Calls of n8n's internal API as its owner. */
export interface Session {
  /** Throws, with n8n's own message, unless it answers 2xx. */
  rest: <Value>(method: string, path: string, body?: unknown) => Promise<Value>;
  /** Resolves once what was asked of the workflow's publication is done; rejects where it failed. */
  published(workflowId: string): Promise<void>;
  execution(id: string): Promise<Execution>;
  /** All executions of a workflow, oldest first, with data. */
  executions(workflowId: string): Promise<Execution[]>;
}

/** Makes the owner of a fresh n8n, who is logged in by that, and the API key that executions are read with. */
export async function openSession(url: string): Promise<Session> {
  let cookie = '';
  let apiKey = '';

  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${url}${path}`, {
      method,
      headers: {
        // The cookie is bound to the browser that logged in.
        'browser-id': 'the-browser-of-the-tests',
        cookie,
        ...(apiKey !== '' && { 'x-n8n-api-key': apiKey }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async function rest<Value>(method: string, path: string, body?: unknown): Promise<Value> {
    const response = await call(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} → ${response.status}: ${text}`);
    return (JSON.parse(text) as { data: Value }).data;
  }

  const setUp = await call('POST', '/rest/owner/setup', OWNER);
  if (!setUp.ok) throw new Error(`n8n takes no owner: ${await setUp.text()}`);
  cookie = setUp.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const key = await rest<{ rawApiKey: string }>('POST', '/rest/api-keys', {
    label: 'tests',
    scopes: ['execution:read', 'execution:list'],
    expiresAt: null,
  });
  apiKey = key.rawApiKey;

  async function publicApi<Value>(path: string): Promise<Value> {
    const response = await call('GET', `/api/v1${path}`);
    if (!response.ok) throw new Error(`${path} → ${response.status}: ${await response.text()}`);
    return (await response.json()) as Value;
  }

  /** Undefined before n8n 2.40, where the call that publishes answers once that is done, or has failed. */
  async function publicationStatus(workflowId: string): Promise<PublicationStatus | undefined> {
    const response = await call('GET', `/rest/workflows/${workflowId}/publication-status`);
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return ((await response.json()) as { data: PublicationStatus }).data;
  }

  return {
    rest,
    async published(workflowId) {
      const last = await waitUntil(
        () => publicationStatus(workflowId),
        (answer) => answer?.status !== 'in_progress',
        120_000,
      );
      if (last === undefined || last.status === 'published' || last.status === 'not_published') {
        return;
      }
      throw new Error(last.triggers.map(({ errorMessage }) => errorMessage ?? '').join('\n'));
    },
    execution: (id) => publicApi(`/executions/${id}?includeData=true`),
    async executions(workflowId) {
      const { data } = await publicApi<{ data: Execution[] }>(
        `/executions?workflowId=${workflowId}&includeData=true&limit=250`,
      );
      return data.toReversed();
    },
  };
}

interface PublicationStatus {
  status: 'in_progress' | 'published' | 'not_published' | 'partial' | 'failed';
  triggers: { errorMessage: string | null }[];
}
