import type { Sql } from '../databases/database';
import type { Store } from '../store';

/** One step of the schema; a step that has been released is never edited. */
export interface Migration {
  name: string;
  up(on: Sql, store: Pick<Store, 'dialect'>): Promise<void>;
}
