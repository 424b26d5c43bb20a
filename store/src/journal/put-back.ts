import type { Sql } from '../databases/database';
import { cancelDeliveries } from '../deliveries/cancel-deliveries';
import type { EndpointStatus } from '../endpoints/endpoint';
import { settleDeliveries } from '../endpoints/settle-deliveries';
import { writeSubscriptions } from '../endpoints/write-subscriptions';
import { insertion, rowOf } from '../sql';
import type { EndpointState, JournaledEndpoint } from './entry';

/**
 * Makes an endpoint what the journal says of it. `refused` where the owner has another endpoint at its
 * URL or of its identity, or another configuration where there is only one: that one stays. `overtaken` where it was
 * changed since it was compared. `keyUrls` has to follow, since an older version's line says nothing of
 * its URL's key.
 */
export async function putBack(
  on: Sql,
  { endpoint, keys }: EndpointState,
): Promise<'done' | 'refused' | 'overtaken'> {
  const { id, deleted_at } = endpoint;
  if (deleted_at === null && (await hasRival(on, endpoint))) return 'refused';
  const [columns, bindings] = insertion({ ...endpoint });
  const set = Object.keys(endpoint).map((name) => `${name} = excluded.${name}`);
  const written = await on.run(
    `insert into endpoints ${columns} on conflict (id) do update set ${set.join(', ')}
     where endpoints.updated_at < excluded.updated_at returning id`,
    bindings,
  );
  if (written.length === 0) return 'overtaken';
  await on.run('delete from endpoint_keys where endpoint_id = ?', [id]);
  for (const generation of keys) {
    const [names, values] = insertion({ ...generation, endpoint_id: id });
    await on.run(`insert into endpoint_keys ${names}`, values);
  }
  const patterns = deleted_at === null ? (JSON.parse(endpoint.events) as string[]) : [];
  await writeSubscriptions(on, id, endpoint.system, patterns);
  if (deleted_at !== null) await cancelDeliveries(on, id, 'endpoint_deleted');
  else await settleDeliveries(on, id, endpoint.status as EndpointStatus);
  return 'done';
}

async function hasRival(on: Sql, endpoint: JournaledEndpoint): Promise<boolean> {
  const { id, system, user_id, url, url_key, url_twin, singleton, identity } = endpoint;
  // Where an older version told endpoints apart by how their URL is spelled, all of them come back.
  const isFirst = url_key !== undefined && url_twin === 0;
  const rival = await rowOf(
    on,
    `select id from endpoints where system = ? and coalesce(user_id, '') = ? and id <> ?
       and deleted_at is null
       and (url = ? or (url_key = ? and url_twin = 0) or singleton + ? = 2 or identity = ?)`,
    [system, user_id ?? '', id, url, isFirst ? url_key : null, singleton, identity ?? null],
  );
  return rival !== undefined;
}
