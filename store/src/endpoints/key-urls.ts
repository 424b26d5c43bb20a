import type { Sql } from '../databases/database';
import { rowOf, rowsOf } from '../sql';
import { urlKey } from './url-key';

interface KeyedRow {
  id: string;
  system: string;
  user_id: string | null;
  url: string;
  url_key: string | null;
}

/**
 * Gives endpoints the key that their URL is compared by, where they lack it or have another URL's:
 * rows from before there were keys, from a process of an older version, or from its journal.
 *
 * Their owner may have several at one URL, which were told apart by its spelling. All stay, since
 * each has its own secret and its own deliveries; those after the first are marked as its twins.
 */
export async function keyUrls(on: Sql): Promise<void> {
  const rows = await rowsOf<KeyedRow>(
    on,
    'select id, system, user_id, url, url_key from endpoints where deleted_at is null order by id',
  );
  for (const { id, system, user_id, url, url_key } of rows) {
    const key = urlKey(url);
    if (key === url_key) continue;
    const first = await rowOf(
      on,
      `select id from endpoints where system = ? and coalesce(user_id, '') = ? and url_key = ?
         and url_twin = 0 and deleted_at is null`,
      [system, user_id ?? '', key],
    );
    await on.run('update endpoints set url_key = ?, url_twin = ? where id = ?', [
      key,
      first === undefined ? 0 : 1,
      id,
    ]);
  }
}
