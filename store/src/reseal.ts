import { sealContext } from './endpoints/endpoint';
import { readEndpoints } from './journal/read-states';
import { inTransaction, rowsOf } from './sql';
import type { Store } from './store';

const CHECK = 'settings/master_key_check';

/**
 * Seals again, under the current master key, everything that an older one
 * sealed; after it the older keys can go. Returns how many values it sealed.
 */
export async function resealAll(store: Store): Promise<number> {
  const count = await reseal(store);
  // What the journal has is replaced by what is appended here, whether a start compacts it or not.
  if (store.journal !== undefined) await store.journal.append(await readEndpoints(store.write));
  return count;
}

function reseal(store: Store): Promise<number> {
  return inTransaction(store, async (transaction) => {
    // On SQLite, a transaction that has read cannot write once another process has written: write first.
    await transaction.run("update settings set value = value where name = 'master_key_check'");
    let count = 0;
    const places = [
      {
        table: 'settings',
        id: 'name',
        column: 'value',
        context: () => CHECK,
        only: "name = 'master_key_check'",
      },
      {
        table: 'endpoints',
        id: 'id',
        column: 'headers_sealed',
        context: (row: SealedRow) => sealContext(row.owner, 'headers'),
        only: 'headers_sealed is not null',
      },
      {
        table: 'endpoints',
        id: 'id',
        column: 'challenge_sealed',
        context: (row: SealedRow) => sealContext(row.owner, 'challenge'),
        only: 'challenge_sealed is not null',
      },
      {
        table: 'endpoint_keys',
        id: 'id',
        column: 'sealed',
        context: (row: SealedRow) => sealContext(row.owner, 'keys'),
        only: 'true',
      },
    ];
    for (const { table, id, column, context, only } of places) {
      const owner = table === 'endpoint_keys' ? 'endpoint_id' : id;
      const rows = await rowsOf<SealedRow>(
        transaction,
        `select ${id} as id, ${owner} as owner, ${column} as sealed from ${table} where ${only}`,
      );
      for (const row of rows.filter(({ sealed }) => store.sealer.isStale(sealed))) {
        const plain = store.sealer.open(row.sealed, context(row));
        // Unless it was replaced meanwhile: that one is sealed under the current key.
        await transaction.run(
          `update ${table} set ${column} = ? where ${id} = ? and ${column} = ?`,
          [store.sealer.seal(plain, context(row)), row.id, row.sealed],
        );
        count += 1;
      }
    }
    return count;
  });
}

interface SealedRow {
  id: string;
  /** The row that the value is bound to. */
  owner: string;
  sealed: string;
}
