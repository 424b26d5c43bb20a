import { callApi, type Context } from './call';

/** One entry of a system's event catalogue. */
export interface EventType {
  type: string;
  group: string;
  description: string;
}

/** A system as `GET /v1/systems` lists it. */
export interface System {
  key: string;
  name: string;
  description: string;
  timeout_seconds: number;
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

/** The systems that the token may use: all of them, or the key's own. */
export async function listSystems(context: Context): Promise<{ me: Me; systems: System[] }> {
  const [me, { data }] = await Promise.all([
    callApi<Me>(context, { method: 'GET', path: '/v1/me' }),
    callApi<{ data: System[] }>(context, { method: 'GET', path: '/v1/systems' }),
  ]);
  return { me, systems: data.filter(({ key }) => me.system === null || key === me.system) };
}
