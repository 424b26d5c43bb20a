import { SetupError } from './settings';

/** Calls of a running CareerHooks' API, for commands. */
export interface ApiClient {
  /** The JSON of the answer; throws SetupError with the problem's detail where it is none of 2xx. */
  call<Answer>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<Answer>;
}

export function createApiClient(url: string, token: string): ApiClient {
  return {
    async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }).catch((error: unknown) => {
        const cause =
          error instanceof Error && error.cause instanceof Error
            ? error.cause.message
            : String(error);
        throw new SetupError(
          `No CareerHooks answers at ${url} (${cause}). Start one with: npm start`,
        );
      });
      const answer = (await response.json()) as Answer & { detail?: string };
      if (!response.ok)
        throw new SetupError(`${method} ${path}: ${response.status} ${answer.detail ?? ''}`);
      return answer;
    },
  };
}
