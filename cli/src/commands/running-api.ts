import { existingAdminToken } from '../admin-token';
import { type ApiClient, createApiClient } from '../api-client';
import { readSettings } from '../settings';

/** Which running CareerHooks a command talks to. */
export interface InstanceOptions {
  url?: string;
  token?: string;
}

/** The API of the CareerHooks that the options name; else of the one on this machine, as its admin. */
export function runningApi({ url, token }: InstanceOptions): ApiClient {
  const bearer = token ?? existingAdminToken(readSettings(process.env));
  return createApiClient(url ?? localUrl(), bearer);
}

/** Where the CareerHooks on this machine listens. */
export function localUrl(): string {
  return `http://127.0.0.1:${readSettings(process.env).port}`;
}
