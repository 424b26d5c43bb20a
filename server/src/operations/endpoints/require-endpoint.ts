import { type Endpoint, getEndpoint } from '@careerhooks/store';
import { z } from 'zod';
import { type Caller, scopeOf } from '../../access/caller';
import type { ServerContext } from '../../context';
import { Problem } from '../../problems/problem';
import { shortText } from '../../schemas/common';

/** The path parameter of everything about one endpoint. */
export const endpointParams = z.object({
  id: shortText(64).meta({ description: 'Id of the endpoint' }),
});

/** The endpoint, if the caller may see it; throws Problem `not_found`. */
export async function requireEndpoint(
  context: ServerContext,
  id: string,
  caller: Caller,
): Promise<Endpoint> {
  const endpoint = await getEndpoint(context.store, id, scopeOf(caller));
  if (endpoint === undefined) throw new Problem('not_found', `There is no endpoint ${id}.`);
  return endpoint;
}
