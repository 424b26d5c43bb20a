import type { Sql } from '../databases/database';
import { rowOf } from '../sql';
import { StoreError } from '../errors';
import type { EndpointRow } from './endpoint';
import { urlKey } from './url-key';

/** Whose endpoint it is, and where. */
interface OwnedUrl {
  system: string;
  user: string | null;
  url: string;
}

/**
 * The owner's endpoint at a URL, however it is spelled; of twins, the one that is spelled so. A row
 * that an older version has written since the last start has no key, and is found by its spelling.
 *
 * @param except the id of an endpoint that does not count.
 */
export function findAtUrl(
  on: Sql,
  { system, user, url }: OwnedUrl,
  except = '',
): Promise<EndpointRow | undefined> {
  return rowOf<EndpointRow>(
    on,
    `select * from endpoints
     where system = ? and coalesce(user_id, '') = ? and deleted_at is null
       and (url_key = ? or url = ?) and id <> ?
     order by case when url = ? then 0 else 1 end, url_twin, id limit 1`,
    [system, user ?? '', urlKey(url), url, except, url],
  );
}

/**
 * The columns of a URL that an endpoint gets. Throws StoreError `url_taken` where that moves it to
 * where its owner has another.
 */
export async function urlColumns(
  on: Sql,
  endpoint: EndpointRow,
  url: string,
): Promise<{ url: string; url_key?: string; url_twin?: number }> {
  const key = urlKey(url);
  if (key === urlKey(endpoint.url)) return { url };
  const { id, system, user_id } = endpoint;
  if ((await findAtUrl(on, { system, user: user_id, url }, id)) !== undefined) {
    throw new StoreError('url_taken', 'The owner has another endpoint at this URL.');
  }
  return { url, url_key: key, url_twin: 0 };
}
