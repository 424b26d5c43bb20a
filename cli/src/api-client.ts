import { SetupError } from './settings';

/** Calls of a running CareerHooks' API, for commands. */
export interface ApiClient {
  /**
   * The JSON of the answer.
   *
   * @param body JSON in bytes, which go out as they are, or what is to be JSON.
   * @throws {SetupError} with the problem's detail where the answer is none of 2xx.
   */
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
        ...(body !== undefined && {
          body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body),
        }),
      }).catch((error: unknown) => {
        const cause =
          error instanceof Error && error.cause instanceof Error
            ? error.cause.message
            : String(error);
        throw new SetupError(
          `No CareerHooks answers at ${url} (${cause}). Start one with: npm start`,
        );
      });
      const answer = (await response.json().catch(() => {
        throw new SetupError(`${url} answers ${response.status} and no JSON: is it CareerHooks?`);
      })) as Answer & { detail?: string };
      if (!response.ok)
        throw new SetupError(`${method} ${path}: ${response.status} ${answer.detail ?? ''}`);
      return answer;
    },
  };
}
