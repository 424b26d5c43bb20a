import { type Endpoint, findSingleton } from '@careerhooks/store';
import type { Caller } from '../../access/caller';
import type { ServerContext } from '../../context';
import { Problem } from '../../problems/problem';
import { ownerOf } from '../identify';

/** The caller's configuration; throws Problem `not_found`. */
export async function requireConfig(context: ServerContext, caller: Caller): Promise<Endpoint> {
  const config = await findSingleton(context.store, ownerOf(caller));
  if (config !== undefined) return config;
  throw new Problem('not_found', 'No webhook is configured: POST /api/webhooks/config first.');
}
