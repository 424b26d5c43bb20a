import { sealAgain, type SealedValue } from './endpoints/sealed-values';
import { readEndpoints } from './journal/read-states';
import { sealCheckAgain } from './settings/check-master-key';
import { inTransaction, rowsOf } from './sql';
import type { Store } from './store';

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
    const ofEndpoint =
      (what: SealedValue) =>
      ({ owner, sealed }: SealedRow) =>
        sealAgain(store.sealer, owner, what, sealed);
    const places = [
      {
        table: 'settings',
        id: 'name',
        column: 'value',
        again: ({ sealed }: SealedRow) => sealCheckAgain(store.sealer, sealed),
        only: "name = 'master_key_check'",
      },
      {
        table: 'endpoints',
        id: 'id',
        column: 'headers_sealed',
        again: ofEndpoint('headers'),
        only: 'headers_sealed is not null',
      },
      {
        table: 'endpoints',
        id: 'id',
        column: 'challenge_sealed',
        again: ofEndpoint('challenge'),
        only: 'challenge_sealed is not null',
      },
      {
        table: 'endpoint_keys',
        id: 'id',
        column: 'sealed',
        again: ofEndpoint('keys'),
        only: 'true',
      },
    ];
    for (const { table, id, column, again, only } of places) {
      const owner = table === 'endpoint_keys' ? 'endpoint_id' : id;
      const rows = await rowsOf<SealedRow>(
        transaction,
        `select ${id} as id, ${owner} as owner, ${column} as sealed from ${table} where ${only}`,
      );
      for (const row of rows.filter(({ sealed }) => store.sealer.isStale(sealed))) {
        // Unless it was replaced meanwhile: that one is sealed under the current key.
        await transaction.run(
          `update ${table} set ${column} = ? where ${id} = ? and ${column} = ?`,
          [again(row), row.id, row.sealed],
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
