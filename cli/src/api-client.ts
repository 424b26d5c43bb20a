import { SetupError } from './settings';

/** Calls of a running CareerHooks' API, for commands. */
export interface ApiClient {
  /**
   * The JSON of the answer.
   *
   * @param body what is sent as JSON.
   * @throws {SetupError} with the problem's detail where the answer is none of 2xx.
   */
  call<Answer>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<Answer>;
}

export function createApiClient(base: string, token: string): ApiClient {
  const url = base.replace(/\/+$/, '');
  return {
    async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && {
          body: inJson(body),
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

function inJson(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SetupError('It is nested too deeply: objects and lists may be 64 deep.');
  }
}
