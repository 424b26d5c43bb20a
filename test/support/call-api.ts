/** An answer of the API. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Tests look into answers of many shapes; each names what it expects of this one. */
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

export interface CallOptions {
  /** Instead of the admin token; null: none. */
  token?: string | null;
  headers?: Record<string, string>;
  /** Sent as it is, instead of `body` as JSON. */
  raw?: string | Buffer;
}

/** Calls the API, with the admin token unless another is given. */
export type CallApi = (
  method: string,
  path: string,
  body?: unknown,
  options?: CallOptions,
) => Promise<Answer>;

export function apiAt(url: string, adminToken: string): CallApi {
  return async (method, path, body, options = {}) => {
    const bearer = options.token === undefined ? adminToken : options.token;
    const sent = options.raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: json ? (JSON.parse(text) as unknown) : text,
    };
  };
}
