import type { IDataObject } from 'n8n-workflow';
import { callApi, type Context } from './call';

/** One entry of a system's event catalogue. */
export interface EventType {
  type: string;
  group: string;
  description: string;
  /** `data` of such an event. */
  example: IDataObject;
  /** JSON Schema of `data`. */
  data_schema: { required?: string[] };
}

/** A system as `GET /v1/systems` lists it. */
export interface System {
  key: string;
  name: string;
  description: string;
  challenges_by_default: boolean;
  timeout_seconds: number;
  max_retries: number;
  /** Beyond the list its last delay repeats. */
  retry_delays_seconds: number[];
  events: EventType[];
  operational_events: EventType[];
}

/** What `GET /v1/me` says of a token. */
export interface Me {
  kind: 'admin' | 'key';
  /** Null for the admin, who may name any. */
  system: string | null;
  /** Null for a key that stands for all users of its system. */
  user: string | null;
  scopes: string[];
}

/**
 * The systems that the token may use: all of them, or the key's own.
 *
 * @param item the input item that it is for, so that an error names it.
 */
export async function listSystems(
  context: Context,
  item?: number,
): Promise<{ me: Me; systems: System[] }> {
  const place = item === undefined ? {} : { item };
  const [me, { data }] = await Promise.all([
    callApi<Me>(context, { method: 'GET', path: '/v1/me', ...place }),
    callApi<{ data: System[] }>(context, { method: 'GET', path: '/v1/systems', ...place }),
  ]);
  return { me, systems: data.filter(({ key }) => me.system === null || key === me.system) };
}
